import assert from "node:assert/strict";
import {
  type Json,
  makeBytes,
  MicrosoftAccount,
  putFragment,
  UNIT,
  waitFor,
} from "./support/microsoft-account.ts";
import type { SandboxProcess } from "./support/sandbox-process.ts";
import { shareSandbox } from "./support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: MicrosoftAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MicrosoftAccount.connect(sandbox, "ann");
});

async function nextOffset(uploadUrl: string): Promise<number> {
  return parseInt((await (await fetch(uploadUrl)).json()).nextExpectedRanges[0]);
}

/** Resolves when the request ended in a network error; an answer fails the test. */
async function assertCut(request: Promise<Response>): Promise<void> {
  await assert.rejects(request.then((response) => response.bytes()), TypeError);
}

Deno.test("status answers instead of the service, in its own error shape", async () => {
  await sandbox.fault({ method: "GET", path: "/v1.0/me", kind: "status", value: 503, times: 2, skip: 1 });
  const statuses = [];
  for (let i = 0; i < 4; i++) {
    statuses.push((await ann.graph("GET", "/me").then(async (r) => [r.status, await r.json()]))[0]);
  }
  assert.deepEqual(statuses, [200, 503, 503, 200]);
  const [fault] = await sandbox.control<Json[]>("GET", "/faults");
  assert.equal(fault.fired, 2);
  await sandbox.fault({ kind: "status", value: 502 });
  const { error } = await ann.graphJson("GET", "/me");
  assert.deepEqual([error.code, error.message], ["UnknownError", ""]);
});

Deno.test("status can ask for a pause", async () => {
  await sandbox.fault({ kind: "status", value: 503, retry_after: 7 });
  const response = await ann.graph("GET", "/me");
  await response.body?.cancel();
  assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "7"]);
});

Deno.test("status leaves a fragment unstored, status_after stores it", async () => {
  const bytes = makeBytes(3 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.fault({ method: "PUT", kind: "status", value: 500 });
  assert.equal((await putFragment(url, bytes, 0, UNIT)).status, 500);
  assert.equal(await nextOffset(url), 0);
  await sandbox.fault({ method: "PUT", kind: "status_after", value: 504 });
  assert.equal((await putFragment(url, bytes, 0, UNIT)).status, 504);
  assert.equal(await nextOffset(url), UNIT);
});

Deno.test("5xx answers can be HTML pages", async () => {
  await sandbox.settings({ html_errors: true });
  await sandbox.fault({ kind: "status", value: 502 });
  const response = await ann.graph("GET", "/me");
  assert.equal(response.headers.get("content-type"), "text/html");
  assert.match(await response.text(), /<h1>502<\/h1>/);
});

Deno.test("rate_limit answers 429 with Retry-After and Graph's throttling code", async () => {
  await sandbox.fault({ kind: "rate_limit", value: 41 });
  const response = await ann.graph("GET", "/me");
  assert.equal(response.status, 429);
  assert.equal(response.headers.get("retry-after"), "41");
  const { error } = await response.json();
  assert.deepEqual([error.code, error.innerError.code], ["activityLimitReached", "throttledRequest"]);
  await sandbox.fault({ kind: "rate_limit" });
  const bare = await ann.graph("GET", "/me");
  assert.equal(bare.status, 429);
  assert.equal(bare.headers.get("retry-after"), null);
  await bare.body?.cancel();
});

Deno.test("Retry-After can be a date", async () => {
  await sandbox.settings({ retry_after_style: "date" });
  await sandbox.fault({ kind: "rate_limit", value: 41 });
  const response = await ann.graph("GET", "/me");
  await response.body?.cancel();
  const leftMs = Date.parse(response.headers.get("retry-after")!) - Date.now();
  assert.ok(leftMs > 30_000 && leftMs <= 41_000, String(leftMs));
});

Deno.test("delay holds the answer back", async () => {
  await sandbox.fault({ path: "/v1.0/me", kind: "delay", value: 120 });
  const startedAt = performance.now();
  assert.equal((await ann.graphJson("GET", "/me")).displayName, "Ann");
  assert.ok(performance.now() - startedAt >= 119);
});

Deno.test("drop_after cuts a fragment, which is lost whole", async () => {
  const bytes = makeBytes(10 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.fault({ method: "PUT", path: "*", kind: "drop_after", value: 3 * UNIT + 5 });
  await assertCut(putFragment(url, bytes, 0, 8 * UNIT));
  assert.equal(await waitFor(async () => await nextOffset(url)), 0);
  await (await putFragment(url, bytes, 0, 8 * UNIT)).body?.cancel();
  assert.equal((await putFragment(url, bytes, 8 * UNIT, 10 * UNIT)).status, 201);
});

Deno.test("drop_after may leave a part of the fragment stored", async () => {
  const bytes = makeBytes(10 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.settings({ partial_fragments: true });
  await sandbox.fault({ method: "PUT", kind: "drop_after", value: 1_000_001 });
  await assertCut(putFragment(url, bytes, 0, 8 * UNIT));
  const offset = await waitFor(async () => await nextOffset(url) || null);
  assert.equal(offset, 1_000_001);
  await (await putFragment(url, bytes, offset, offset + 4 * UNIT)).body?.cancel();
  assert.equal((await putFragment(url, bytes, offset + 4 * UNIT, bytes.length)).status, 201);
});

Deno.test("drop_after cuts an answer's body and waits for one that is long enough", async () => {
  const bytes = makeBytes(900_000);
  const item = await ann.graphJson("PUT", "/me/drive/root:/a.bin:/content", bytes);
  await sandbox.fault({ method: "GET", path: "/dl/*", kind: "drop_after", value: 500_000 });
  const url = item["@microsoft.graph.downloadUrl"];
  const short = await fetch(url, { headers: { range: "bytes=0-99" } });
  assert.equal((await short.bytes()).length, 100);
  await assertCut(fetch(url));
  assert.equal((await (await fetch(url)).bytes()).length, bytes.length);
});

Deno.test("drop_after zero cuts before anything is read or sent", async () => {
  await sandbox.fault({ kind: "drop_after", value: 0 });
  await assertCut(ann.graph("GET", "/me"));
  await sandbox.fault({ method: "POST", kind: "drop_after", value: 0 });
  await assertCut(ann.graph("POST", "/me/drive/root/children", { name: "x", folder: {} }));
  assert.deepEqual((await ann.graphJson("GET", "/me/drive/root/children")).value, []);
});

Deno.test("lost_answer lets the effect happen and cuts the connection", async () => {
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.fault({ method: "PUT", kind: "lost_answer", times: 2 });
  await assertCut(putFragment(url, bytes, 0, UNIT));
  assert.equal(await nextOffset(url), UNIT);
  await assertCut(putFragment(url, bytes, UNIT, 2 * UNIT));
  assert.equal((await fetch(url)).status, 404);
  const files = await sandbox.control<Json[]>("GET", "/files");
  assert.equal(files[0].size, bytes.length);
  const counts = await sandbox.control<Json[]>("GET", "/requests?service=microsoft");
  const cut = counts.find((entry) => entry.method === "PUT" && entry.status === 0);
  assert.equal(cut.count, 2);
});

Deno.test("a cut on a reused connection is repeated by the client unseen", async () => {
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.settings({ reuse_cut_connections: true });
  await sandbox.fault({ method: "PUT", kind: "lost_answer" });
  assert.equal(await nextOffset(url), 0);
  const response = await putFragment(url, bytes, 0, UNIT);
  assert.equal(response.status, 416);
  assert.equal((await response.json()).error.innererror.code, "fragmentOverlap");
});

Deno.test("revoke on the upload host kills the upload URL", async () => {
  const url = await ann.openUpload("a.bin");
  await sandbox.fault({ method: "PUT", kind: "revoke" });
  const response = await putFragment(url, makeBytes(2 * UNIT), 0, UNIT);
  assert.equal(response.status, 401);
  assert.equal((await response.json()).error.innererror.code, "expiredToken");
});

Deno.test("slow_processing holds hashes and thumbnails back for what the request touches", async () => {
  await sandbox.settings({ processing_ms: 1 });
  await sandbox.fault({
    method: "POST",
    path: "*createUploadSession",
    kind: "slow_processing",
    value: 600_000,
  });
  const bytes = makeBytes(UNIT);
  const url = await ann.openUpload("slow.mp4");
  const slow: Json = await (await putFragment(url, bytes, 0, UNIT)).json();
  const quick = await ann.graphJson("PUT", "/me/drive/root:/quick.mp4:/content", bytes);
  const hashOf = async (id: string) => (await ann.graphJson("GET", `/me/drive/items/${id}`)).file.hashes;
  assert.equal((await waitFor(() => hashOf(quick.id))).quickXorHash.length, 28);
  assert.equal(await hashOf(slow.id), undefined);
});

Deno.test("a cut by the client frees the session at once", async () => {
  const bytes = makeBytes(20 * UNIT);
  const url = await ann.openUpload("a.bin");
  const abort = new AbortController();
  let sent = 0;
  const body = new ReadableStream({
    async pull(controller) {
      controller.enqueue(bytes.subarray(sent, sent += UNIT));
      if (sent === 4 * UNIT) {
        abort.abort();
        await Promise.resolve();
      }
    },
  });
  const headers = {
    "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}`,
    "content-length": `${bytes.length}`,
  };
  await assert.rejects(fetch(url, { method: "PUT", body, headers, signal: abort.signal }));
  const stored = await waitFor(async () => {
    const response = await putFragment(url, bytes, 0, 10 * UNIT);
    await response.body?.cancel();
    return response.status === 202 ? true : null;
  });
  assert.ok(stored);
});
