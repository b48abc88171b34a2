import assert from "node:assert/strict";
import { createQuickXorHash } from "../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import { eventually } from "../../support/eventually.ts";
import { writePaddedVideo } from "../../support/padded-video.ts";
import { invitePerson, type Person, startBrowserWorld, type Tab } from "./support/browser-world.ts";
import {
  addUploadFault,
  clearFaults,
  listFiles,
  type SandboxFault,
  setMicrosoft,
} from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const SIZE = 30 * MIB + 12_345;

const world = await startBrowserWorld(56620);
const { env } = world.stack;
const dir = await Deno.makeTempDir({ prefix: "uploader-files-" });
const video = `${dir}/clip.mp4`;
const other = `${dir}/other.mp4`;
await writePaddedVideo(video, SIZE, 1);
await writePaddedVideo(other, SIZE, 2);

Deno.test.afterAll(async () => {
  await world.close();
  await Deno.remove(dir, { recursive: true });
});
Deno.test.beforeEach(() => clearFaults(env));

/** Waits in milliseconds instead of seconds after a failure. */
const QUICK = { backoffMinMs: 20, backoffMaxMs: 200, throttleMinMs: 20 };

/** Waits until a fragment beyond `bytes` is on its way. */
function sentMoreThan(tab: Tab, id: string, bytes: number) {
  return eventually(`more than ${bytes} bytes`, async () => {
    const state = (await tab.all()).find((upload) => upload.id === id);
    return state!.status === "uploading" && state!.sentBytes > bytes;
  });
}

async function hashOf(path: string): Promise<string> {
  const hash = createQuickXorHash();
  hash.update(await Deno.readFile(path));
  return hash.digest();
}

/** Exactly one file, and it is the one on disk. */
async function assertStored(person: Person, path = video): Promise<void> {
  const files = await listFiles(env, person.oneDrive);
  assert.deepEqual(files.map(({ size, quickxor }) => [size, quickxor]), [[SIZE, await hashOf(path)]]);
}

Deno.test("Chromium takes a video to OneDrive, whole and equal", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const state = await tab.until(await tab.add(video), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.video?.quickxor_hash, await hashOf(video));
  assert.deepEqual([state.poster?.width, state.poster?.height], [state.video?.width, state.video?.height]);
  assert.ok(state.poster!.durationMs > 0);
  await assertStored(person);
});

Deno.test("Chromium sends fragments with nothing but range and type, and never the token", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const seen: Record<string, string>[] = [];
  tab.page.on("request", (request) => {
    if (request.url().startsWith(env.MICROSOFT_UPLOAD_URL!)) seen.push(request.headers());
  });
  await tab.until(await tab.add(video), "complete");
  assert.ok(seen.length >= 2);
  for (const headers of seen) {
    assert.equal(headers["content-type"], "application/octet-stream");
    assert.match(headers["content-range"]!, /^bytes \d+-\d+\/\d+$/);
    for (const name of ["authorization", "apikey", "cookie", "x-uploader-id"]) {
      assert.equal(headers[name], undefined);
    }
  }
});

Deno.test("Chromium uploads several files at the same time", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  await tab.add(video, other);
  for (const { id } of await tab.all()) await tab.until(id, "complete");
  const hashes = (await listFiles(env, person.oneDrive)).map(({ quickxor }) => quickxor);
  assert.deepEqual(hashes.sort(), [await hashOf(video), await hashOf(other)].sort());
});

const FAULTS: [name: string, faults: SandboxFault[]][] = [
  ["connections cut early, in the middle and late", [
    { kind: "drop_after", value: 1 },
    { kind: "drop_after", value: 3 * MIB, skip: 1 },
    { kind: "drop_after", value: 4 * MIB, skip: 3, times: 2 },
  ]],
  ["every answer lost after its fragment was stored", [{ kind: "lost_answer", times: 4 }]],
  ["416, 404, 401 and 403", [
    { kind: "status", value: 416 },
    { kind: "status", value: 404, skip: 1 },
    { kind: "status", value: 401, skip: 2 },
    { kind: "status", value: 403, skip: 3 },
  ]],
  ["429 and 503 with and without Retry-After", [
    { kind: "rate_limit", value: 1 },
    { kind: "status", value: 429, skip: 1 },
    { kind: "status", value: 503, skip: 2 },
  ]],
  ["500 and 502 before and after the effect", [
    { kind: "status", value: 500 },
    { kind: "status_after", value: 502, skip: 1 },
    { kind: "status_after", value: 500, skip: 3 },
  ]],
];
for (const [name, faults] of FAULTS) {
  Deno.test(`Chromium brings an upload through ${name}`, async () => {
    const person = await invitePerson(world);
    const tab = await person.openTab({ timings: QUICK });
    for (const fault of faults) await addUploadFault(env, fault);
    const state = await tab.until(await tab.add(video), "complete", "failed");
    assert.equal(state.status, "complete", state.error?.message);
    await assertStored(person);
  });
}

Deno.test("Chromium survives errors that it may not read", async () => {
  await setMicrosoft(env, { upload_cors_on_errors: false });
  try {
    const person = await invitePerson(world);
    const tab = await person.openTab({ timings: QUICK });
    await addUploadFault(env, { kind: "status", value: 503, times: 2 });
    await tab.until(await tab.add(video), "complete");
    await assertStored(person);
  } finally {
    await setMicrosoft(env, { upload_cors_on_errors: null });
  }
});

Deno.test("Chromium begins again when OneDrive has given the session up, and says so", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  await addUploadFault(env, { kind: "revoke", skip: 1 });
  const state = await tab.until(await tab.add(video), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.notice?.code, "upload_expired");
  await assertStored(person);
});

Deno.test("Chromium waits while it is offline and goes on at once when it is back", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  await addUploadFault(env, { kind: "delay", value: 60_000, skip: 1 });
  const id = await tab.add(video);
  await sentMoreThan(tab, id, 10 * MIB);
  await person.context.setOffline(true);
  const waiting = await tab.until(id, "waiting");
  assert.deepEqual([waiting.error?.code, waiting.retryAt], ["offline", null]);
  await person.context.setOffline(false);
  await tab.until(id, "complete");
  await assertStored(person);
});

Deno.test("Chromium goes on after the function was killed in the middle", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  await addUploadFault(env, { kind: "drop_after", value: MIB, skip: 1 });
  const id = await tab.add(video);
  await sentMoreThan(tab, id, 10 * MIB);
  Deno.kill((await world.stack.pids())["functions/onedrive"]!, "SIGKILL");
  await tab.until(id, "complete");
  await assertStored(person);
});
