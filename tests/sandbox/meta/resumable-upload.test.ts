import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { MetaAccount, putBytes, uploadRefusal } from "../support/meta-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(3_000_000);

let sandbox: SandboxProcess;
let ann: MetaAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "meta", processing_ms: 1 });
  ann = await MetaAccount.connect(sandbox, "ann");
});

/** Sends bytes `start` to `end` (exclusive) of the file. */
function put(
  uri: string,
  start: number,
  end: number,
  headers: Record<string, string> = {},
): Promise<Response> {
  return putBytes(uri, ann.token, BYTES.slice(start, end), start, BYTES.length, headers);
}

async function transferred(id: string): Promise<number> {
  return (await ann.statusOf(id)).video_status.uploading_phase.bytes_transferred;
}

Deno.test("a file goes up whole, is processed and published", async () => {
  const { id, uri } = await ann.createResumable();
  assert.equal(uri, `${sandbox.urls.META_UPLOAD_URL}/ig-api-upload/v26.0/${id}`);
  const phases = (await ann.statusOf(id)).video_status;
  assert.deepEqual(phases, {
    uploading_phase: { status: "not_started", bytes_transferred: 0 },
    processing_phase: { status: "not_started" },
  });
  const answer = await put(uri, 0, BYTES.length);
  const { success, message }: Json = await answer.json();
  assert.deepEqual([answer.status, success, typeof message], [200, true, "string"]);
  const done = await ann.waitForStatus(id, "FINISHED");
  assert.equal(done.video_status.uploading_phase.status, "complete");
  assert.equal(done.video_status.processing_phase.status, "complete");
  assert.equal((await ann.publish(id)).status, 200);
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.equal(post.sha256, createHash("sha256").update(BYTES).digest("hex"));
});

Deno.test("a wrong offset is 412 and stores nothing", async () => {
  const { id, uri } = await ann.createResumable();
  assert.deepEqual(await uploadRefusal(put(uri, 1000, BYTES.length)), [412, "OffsetInvalidError", true]);
  assert.equal(await transferred(id), 0);
  await (await put(uri, 0, BYTES.length)).body?.cancel();
  assert.deepEqual(await uploadRefusal(put(uri, 0, BYTES.length)), [412, "OffsetInvalidError", true]);
});

Deno.test("a body that ends before the file does stays and is continued", async () => {
  const { id, uri } = await ann.createResumable();
  assert.deepEqual(await uploadRefusal(put(uri, 0, 1_000_000)), [400, "PartialRequestError", true]);
  assert.equal(await transferred(id), 1_000_000);
  const phase = (await ann.statusOf(id)).video_status.uploading_phase.status;
  assert.equal(phase, "in_progress");
  const [open] = await sandbox.control<Json[]>("GET", "/uploads");
  assert.deepEqual([open.account, open.size, open.received], ["ann", BYTES.length, 1_000_000]);
  assert.equal((await put(uri, 1_000_000, BYTES.length)).status, 200);
  await ann.waitForStatus(id, "FINISHED");
});

Deno.test("what arrived before a cut is kept, unless the host forgets it", async () => {
  const { id, uri } = await ann.createResumable();
  await sandbox.fault({ service: "meta", path: "/ig-api-upload/*", kind: "drop_after", value: 1_500_000 });
  await assert.rejects(put(uri, 0, BYTES.length));
  await waitFor(async () => (await transferred(id)) === 1_500_000 ? true : null);
  await sandbox.settings({ service: "meta", partial_fragments: false });
  await sandbox.fault({ service: "meta", path: "/ig-api-upload/*", kind: "drop_after", value: 10 });
  await assert.rejects(put(uri, 1_500_000, BYTES.length));
  assert.equal((await put(uri, 1_500_000, BYTES.length)).status, 200);
  await ann.waitForStatus(id, "FINISHED");
});

Deno.test("the upload host refuses odd requests in its own shape", async () => {
  const { uri } = await ann.createResumable();
  const ben = await MetaAccount.connect(sandbox, "ben");
  const direct = await MetaAccount.connect(sandbox, "ann", "instagram");
  const pulled = uri.replace(/\d+$/, "17000000000000000");
  const total = BYTES.length;
  const small = BYTES.slice(0, 10);
  const wrong: [what: string, call: () => Promise<Response>, expected: unknown[]][] = [
    ["Bearer", () => put(uri, 0, total, { authorization: `Bearer ${ann.token}` }), [
      400,
      "NotAuthorizedError",
      false,
    ]],
    ["no token", () => put(uri, 0, total, { authorization: "" }), [400, "NotAuthorizedError", false]],
    ["Instagram token", () => putBytes(uri, direct.token, small, 0, 10), [400, "NotAuthorizedError", false]],
    ["somebody else", () => putBytes(uri, ben.token, small, 0, 10), [400, "ProcessingFailedError", false]],
    ["unknown container", () => put(pulled, 0, total), [400, "ProcessingFailedError", false]],
    ["no offset", () => put(uri, 0, total, { offset: "" }), [400, "ProcessingFailedError", false]],
    ["no file_size", () => put(uri, 0, total, { file_size: "many" }), [400, "ProcessingFailedError", false]],
    ["too large", () => putBytes(uri, ann.token, small, 0, 301 * 2 ** 20), [
      400,
      "ProcessingFailedError",
      false,
    ]],
    ["longer than said", () => putBytes(uri, ann.token, small, 0, 5), [400, "PartialRequestError", true]],
    ["dead version", () => put(uri.replace("v26.0", "v20.0"), 0, total), [
      400,
      "ProcessingFailedError",
      false,
    ]],
    ["other path", () => put(uri.replace("ig-api-upload", "elsewhere"), 0, total), [404, "NotFound", false]],
    ["GET", () => fetch(uri), [405, "NotFound", false]],
    ["URL and body", () => put(uri, 0, 10, { file_url: "http://127.0.0.1:1/x" }), [
      400,
      "ProcessingFailedError",
      false,
    ]],
  ];
  for (const [what, call, expected] of wrong) assert.deepEqual(await uploadRefusal(call()), expected, what);
  const chunked = fetch(uri, {
    method: "POST",
    headers: { authorization: `OAuth ${ann.token}`, offset: "0", file_size: "10" },
    body: new Blob([small]).stream(),
  });
  assert.deepEqual(await uploadRefusal(chunked), [411, "LengthRequired", false]);
  assert.equal((await put(uri, 0, total)).status, 200);
});

Deno.test("another size for the same file is refused", async () => {
  const { uri } = await ann.createResumable();
  await (await put(uri, 0, 1000)).body?.cancel();
  const other = putBytes(uri, ann.token, BYTES.slice(1000, 2000), 1000, 5000);
  assert.deepEqual(await uploadRefusal(other), [400, "PartialRequestError", true]);
});

Deno.test("a hosted file takes the place of bytes", async () => {
  const host = new VideoHost(BYTES);
  try {
    const { id, uri } = await ann.createResumable();
    const headers = { authorization: `OAuth ${ann.token}`, file_url: host.url() };
    const answer = await fetch(uri, { method: "POST", headers });
    assert.equal((await answer.json()).success, true);
    const done = await ann.waitForStatus(id, "FINISHED");
    assert.equal(done.video_status.uploading_phase.bytes_transferred, BYTES.length);
    const again = fetch(uri, { method: "POST", headers });
    assert.deepEqual(await uploadRefusal(again), [400, "ProcessingFailedError", false]);
    const second = await ann.createResumable();
    const page = { ...headers, file_url: host.url("page") };
    const refused = fetch(second.uri, { method: "POST", headers: page });
    assert.deepEqual(await uploadRefusal(refused), [400, "ProcessingFailedError", false]);
  } finally {
    await host.stop();
  }
});
