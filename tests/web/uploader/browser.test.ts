import assert from "node:assert/strict";
import { invitePerson, startBrowserWorld } from "./support/browser-world.ts";
import { assertStored, QUICK } from "./support/browser-checks.ts";
import {
  addUploadFault,
  clearFaults,
  listFiles,
  type SandboxFault,
  setMicrosoft,
} from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const world = await startBrowserWorld(28_000);
const { env } = world.stack;
const video = await world.makeVideo(30 * MIB + 12_345, 1);
const other = await world.makeVideo(12 * MIB, 2);

Deno.test.afterAll(() => world.close());
Deno.test.beforeEach(() => clearFaults(env));

Deno.test("Chromium takes a video to OneDrive, whole and equal", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const state = await tab.until(await tab.add(video.path), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.video?.quickxor_hash, video.quickxor);
  assert.deepEqual([state.poster?.width, state.poster?.height], [state.video?.width, state.video?.height]);
  assert.ok(state.poster!.durationMs > 0);
  await assertStored(person, video);
});

Deno.test("Chromium sends fragments with nothing but range and type, and never the token", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const seen: Record<string, string>[] = [];
  tab.page.on("request", (request) => {
    if (request.url().startsWith(env.MICROSOFT_UPLOAD_URL!)) seen.push(request.headers());
  });
  await tab.until(await tab.add(video.path), "complete");
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
  await tab.add(video.path, other.path);
  for (const { id } of await tab.all()) await tab.until(id, "complete");
  const hashes = (await listFiles(world.stack.env, person.oneDrive)).map(({ quickxor }) => quickxor);
  assert.deepEqual(hashes.sort(), [video.quickxor, other.quickxor].sort());
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
    const state = await tab.until(await tab.add(video.path), "complete", "failed");
    assert.equal(state.status, "complete", state.error?.message);
    await assertStored(person, video);
  });
}

Deno.test("Chromium survives errors that it may not read", async () => {
  await setMicrosoft(env, { upload_cors_on_errors: false });
  try {
    const person = await invitePerson(world);
    const tab = await person.openTab({ timings: QUICK });
    await addUploadFault(env, { kind: "status", value: 503, times: 2 });
    await tab.until(await tab.add(video.path), "complete");
    await assertStored(person, video);
  } finally {
    await setMicrosoft(env, { upload_cors_on_errors: null });
  }
});

Deno.test("Chromium begins again when OneDrive has given the session up, and says so", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  await addUploadFault(env, { kind: "revoke", skip: 1 });
  const state = await tab.until(await tab.add(video.path), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.notice?.code, "upload_expired");
  await assertStored(person, video);
});
