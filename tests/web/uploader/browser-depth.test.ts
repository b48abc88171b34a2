import assert from "node:assert/strict";
import { putFile } from "../../functions/support/put-file.ts";
import { connect } from "../../functions/support/onedrive.ts";
import { createAccount } from "../../functions/support/account.ts";
import { eventually } from "../../support/eventually.ts";
import { assertStored, QUICK, sentMoreThan } from "./support/browser-checks.ts";
import { invitePerson, startBrowserWorld, type Tab } from "./support/browser-world.ts";
import {
  addUploadFault,
  clearFaults,
  listFiles,
  type SandboxFault,
  setMicrosoft,
} from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const DEFAULTS = {
  session_visible_after_ms: null,
  expired_url_status: null,
  html_errors: null,
  drive_quota_bytes: null,
  processing_ms: 1,
};
const world = await startBrowserWorld(28_000);
const { env } = world.stack;
const video = await world.makeVideo(30 * MIB + 12_345, 1);

Deno.test.afterAll(() => world.close());
Deno.test.beforeEach(async () => {
  await clearFaults(env);
  await setMicrosoft(env, DEFAULTS);
});

/** Byte ranges of the fragments that leave the page. */
function watchRanges(tab: Tab): { start: number; length: number }[] {
  const ranges: { start: number; length: number }[] = [];
  tab.page.on("request", (request) => {
    const match = /^bytes (\d+)-(\d+)\//.exec(request.headers()["content-range"] ?? "");
    if (match) ranges.push({ start: Number(match[1]), length: Number(match[2]) - Number(match[1]) + 1 });
  });
  return ranges;
}

/** Paused while its second fragment is on its way, so that things can change before it goes on. */
async function pauseInSecond(tab: Tab): Promise<string> {
  await addUploadFault(env, { kind: "delay", value: 600_000, skip: 1 });
  const id = await tab.add(video.path);
  await sentMoreThan(tab, id, 10 * MIB);
  await tab.call("pause", id);
  await tab.until(id, "paused");
  return id;
}

const SURVIVED: [name: string, faults: SandboxFault[], settings?: Record<string, unknown>][] = [
  ["a session that cannot be seen in its first seconds", [], { session_visible_after_ms: 1_500 }],
  ["HTML instead of JSON with 500, 502 and 504", [
    { kind: "status", value: 502 },
    { kind: "status", value: 504, skip: 1 },
    { kind: "status_after", value: 500, skip: 2 },
  ], { html_errors: true }],
  ["503 with Retry-After and 509 without", [
    { kind: "status", value: 503, retry_after: 1 },
    { kind: "status", value: 509, skip: 1 },
  ]],
  ["412 and 423", [{ kind: "status", value: 412, times: 2 }, {
    kind: "status",
    value: 423,
    skip: 2,
    times: 2,
  }]],
  ["504 after every fragment, the last one included", [{ kind: "status_after", value: 504, times: null }]],
];
for (const [name, faults, settings = {}] of SURVIVED) {
  Deno.test(`Chromium brings an upload through ${name}`, async () => {
    await setMicrosoft(env, settings);
    const person = await invitePerson(world);
    const tab = await person.openTab({ timings: QUICK });
    for (const fault of faults) await addUploadFault(env, fault);
    const state = await tab.until(await tab.add(video.path), "complete", "failed");
    assert.deepEqual([state.status, state.notice], ["complete", null], state.error?.message);
    await assertStored(person, video);
  });
}

Deno.test("Chromium sends nothing twice after a 503 whose fragment was stored", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  const ranges = watchRanges(tab);
  await addUploadFault(env, { kind: "status_after", value: 503 });
  await tab.until(await tab.add(video.path), "complete");
  const starts = ranges.map(({ start }) => start);
  assert.deepEqual(starts, [...new Set(starts)].sort((one, other) => one - other));
  await assertStored(person, video);
});

Deno.test("Chromium begins again when the address has died with 403", async () => {
  await setMicrosoft(env, { expired_url_status: 403 });
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  await addUploadFault(env, { kind: "revoke", skip: 1 });
  const state = await tab.until(await tab.add(video.path), "complete", "failed");
  assert.deepEqual([state.status, state.notice?.code], ["complete", "upload_expired"]);
  await assertStored(person, video);
});

Deno.test("Chromium sends smaller fragments after 413, in whole units of 320 KiB", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  const ranges = watchRanges(tab);
  await addUploadFault(env, { kind: "status", value: 413, times: 2 });
  await tab.until(await tab.add(video.path), "complete");
  const [first, second, third] = ranges.map(({ length }) => length);
  assert.deepEqual([first, second, third], [32 * 327_680, 16 * 327_680, 8 * 327_680]);
  await assertStored(person, video);
});

Deno.test("Chromium stops when the drive is full at the last byte, and needs no byte more later", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: QUICK });
  const id = await pauseInSecond(tab);
  await setMicrosoft(env, { drive_quota_bytes: 20 * MIB });
  await tab.call("resume", id);
  const state = await tab.until(id, "failed", "complete");
  assert.deepEqual([state.status, state.error?.code], ["failed", "quota_exceeded"]);
  await setMicrosoft(env, { drive_quota_bytes: null });
  const ranges = watchRanges(tab);
  await tab.call("retry", id);
  await tab.until(id, "complete");
  assert.deepEqual(ranges, []);
  await assertStored(person, video);
});

Deno.test("Chromium refuses a file before its first byte when it does not fit", async () => {
  await setMicrosoft(env, { drive_quota_bytes: 20 * MIB });
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const ranges = watchRanges(tab);
  const state = await tab.until(await tab.add(video.path), "failed");
  assert.equal(state.error?.code, "quota_exceeded");
  assert.match(state.error!.message, /30 MB.*20 MB/);
  assert.deepEqual(ranges, []);
});

for (const kind of ["personal", "work"] as const) {
  Deno.test(`Chromium ends an upload whose name was taken meanwhile, ${kind} account`, async () => {
    const person = await invitePerson(world);
    const account = await createAccount(env);
    const oneDrive = await connect(env, account, `u-${crypto.randomUUID()}${kind === "work" ? "+work" : ""}`);
    const tab = await person.openTab({ timings: QUICK, token: account.token });
    const ranges = watchRanges(tab);
    const id = await pauseInSecond(tab);
    await putFile(env, oneDrive, "/Cliprelay/clip-1.mp4", new Uint8Array(1000));
    await tab.call("resume", id);
    const state = await tab.until(id, "complete", "failed");
    assert.equal(state.status, "complete", state.error?.message);
    const isSentAgain = ranges.filter(({ start }) => start === 0).length > 1;
    assert.deepEqual([state.notice?.code, isSentAgain], [
      kind === "work" ? "name_taken" : "renamed",
      kind === "work",
    ]);
    assert.equal(state.video?.filename, "clip-1 (2).mp4");
    const files = await listFiles(env, oneDrive);
    assert.deepEqual(files.map(({ path }) => path).sort(), [
      "/Cliprelay/clip-1 (2).mp4",
      "/Cliprelay/clip-1.mp4",
    ]);
  });
}

Deno.test("Chromium removes the file when an upload is canceled while it is being checked", async () => {
  await setMicrosoft(env, { processing_ms: 600_000 });
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const id = await tab.add(video.path);
  await tab.until(id, "verifying");
  await eventually("OneDrive has the file", async () => (await listFiles(env, person.oneDrive)).length === 1);
  await tab.call("cancel", id);
  const state = await tab.until(id, "canceled");
  assert.equal(state.error, null);
  await eventually("the file is gone", async () => (await listFiles(env, person.oneDrive)).length === 0);
});

Deno.test("a bar that is paused shows what is surely stored", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const id = await pauseInSecond(tab);
  const state = await tab.until(id, "paused");
  assert.equal(state.sentBytes, 32 * 327_680);
});

Deno.test("Chromium refuses a text that is called a video, and takes a video whatever its name", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/diary.mp4`, "Dear diary ".repeat(1000));
    const refused = await tab.until(await tab.add(`${dir}/diary.mp4`), "failed", "complete");
    assert.deepEqual([refused.status, refused.error?.code], ["failed", "not_a_video"]);
    await Deno.copyFile(video.path, `${dir}/video.bin`);
    const taken = await tab.add(`${dir}/video.bin`);
    const state = await tab.until(taken, "complete", "failed");
    assert.equal(state.status, "complete", state.error?.message);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
