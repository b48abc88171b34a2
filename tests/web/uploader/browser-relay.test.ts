import assert from "node:assert/strict";
import { assertStored, QUICK } from "./support/browser-checks.ts";
import { invitePerson, startBrowserWorld, type Tab } from "./support/browser-world.ts";
import { addUploadFault, clearFaults, setMicrosoft } from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const world = await startBrowserWorld(28_000);
const { env } = world.stack;
const video = await world.makeVideo(30 * MIB + 12_345, 1);
const other = await world.makeVideo(12 * MIB, 2);

Deno.test.afterAll(() => world.close());
Deno.test.beforeEach(async () => {
  await clearFaults(env);
  await setMicrosoft(env, { upload_cors: null, upload_cors_on_errors: null });
});

/** Fragments that leave the page, by the way they take. */
function watchFragments(
  tab: Tab,
): { direct: string[]; relayed: string[]; headers: Record<string, string>[] } {
  const seen = { direct: [] as string[], relayed: [] as string[], headers: [] as Record<string, string>[] };
  tab.page.on("request", (request) => {
    if (request.method() !== "PUT") return;
    const range = request.headers()["content-range"] ?? "";
    if (request.url().endsWith("/fragments")) seen.relayed.push(range);
    else {
      seen.direct.push(range);
      seen.headers.push(request.headers());
    }
  });
  return seen;
}

Deno.test("Chromium relays an upload that CORS keeps out of OneDrive, whole and equal", async () => {
  await setMicrosoft(env, { upload_cors: false });
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const sent = watchFragments(tab);
  const errors: unknown[] = [];
  const id = await tab.add(video.path);
  const watch = setInterval(
    () => void tab.all().then(([state]) => state?.error && errors.push(state.error)),
    50,
  );
  const state = await tab.until(id, "complete", "failed");
  clearInterval(watch);
  assert.deepEqual([state.status, state.error, state.notice], ["complete", null, null]);
  assert.deepEqual(errors, []);
  assert.equal(sent.direct.length, 1, "straight is tried once");
  assert.ok(sent.relayed.length >= 4);
  await assertStored(person, video);

  await setMicrosoft(env, { upload_cors: null });
  sent.direct.length = sent.relayed.length = 0;
  await tab.until(await tab.add(other.path), "complete");
  assert.deepEqual(
    [sent.direct.length > 0, sent.relayed.length],
    [true, 0],
    "the next one goes straight again",
  );
});

Deno.test("Chromium brings a relayed upload through OneDrive's faults", async () => {
  await setMicrosoft(env, { upload_cors: false });
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  await addUploadFault(env, { kind: "drop_after", value: 3 * MIB });
  await addUploadFault(env, { kind: "lost_answer", skip: 1 });
  await addUploadFault(env, { kind: "rate_limit", value: 1, skip: 2 });
  await addUploadFault(env, { kind: "status", value: 500, skip: 3 });
  await addUploadFault(env, { kind: "status_after", value: 503, skip: 4 });
  const state = await tab.until(await tab.add(video.path), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  await assertStored(person, video);
});

Deno.test("Chromium asks the server when only errors are hidden, and never relays for that", async () => {
  await setMicrosoft(env, { upload_cors_on_errors: false });
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  const sent = watchFragments(tab);
  const asked: string[] = [];
  tab.page.on("request", (request) => {
    if (request.method() === "GET" && /onedrive\/uploads\/[0-9a-f-]+$/.test(request.url())) {
      asked.push(request.url());
    }
  });
  await addUploadFault(env, { kind: "status", value: 503, times: 2 });
  await addUploadFault(env, { kind: "status_after", value: 500, skip: 3 });
  const state = await tab.until(await tab.add(video.path), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.notice, null);
  assert.ok(asked.length >= 2);
  assert.equal(sent.relayed.length, 0);
  await assertStored(person, video);
});

Deno.test("Chromium never relays because of being offline", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: { ...QUICK, backoffMaxMs: 500, stallMs: 1_000 } });
  const sent = watchFragments(tab);
  await addUploadFault(env, { kind: "delay", value: 600_000 });
  const id = await tab.add(video.path);
  await tab.until(id, "uploading");
  await person.context.setOffline(true);
  await tab.until(id, "waiting");
  await person.context.setOffline(false);
  await tab.until(id, "complete");
  assert.equal(sent.relayed.length, 0);
  await assertStored(person, video);
});
