import assert from "node:assert/strict";
import { QuickXorHash } from "../../../sandbox/microsoft/quick-xor-hash.ts";
import {
  type Json,
  makeBytes,
  MicrosoftAccount,
  putFragment,
  UNIT,
  waitFor,
} from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: MicrosoftAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MicrosoftAccount.connect(sandbox, "ann");
});

async function failure(response: Response): Promise<[status: number, code: string, inner?: string]> {
  const { error }: Json = await response.json();
  return [response.status, error.code, (error.innerError ?? error.innererror)?.code];
}

async function nextOffset(uploadUrl: string): Promise<number> {
  const status: Json = await (await fetch(uploadUrl)).json();
  return parseInt(status.nextExpectedRanges[0]);
}

Deno.test("fragments in order make a file with the right size, hash and name", async () => {
  const bytes = makeBytes(5 * UNIT + 1234);
  const url = await ann.openUpload("Videos/2026/clip.mp4", { fileSize: bytes.length });
  assert.ok(new URL(url).searchParams.get("tempauth")!.length >= 1500);
  for (const start of [0, 2 * UNIT]) {
    const response = await putFragment(url, bytes, start, start + 2 * UNIT);
    assert.equal(response.status, 202);
    const answer: Json = await response.json();
    assert.equal(parseInt(answer.nextExpectedRanges[0]), start + 2 * UNIT);
    assert.ok(Date.parse(answer.expirationDateTime) > Date.now());
  }
  const last = await putFragment(url, bytes, 4 * UNIT, bytes.length);
  assert.equal(last.status, 201);
  const item: Json = await last.json();
  assert.equal(item.name, "clip.mp4");
  assert.equal(item.size, bytes.length);
  assert.equal(item.parentReference.path, "/drive/root:/Videos/2026");
  const hash = new QuickXorHash();
  hash.update(bytes);
  const expected = {
    account: "ann",
    path: "/Videos/2026/clip.mp4",
    size: bytes.length,
    quickxor: hash.digest(),
  };
  assert.deepEqual(await sandbox.control("GET", "/files"), [expected]);
  assert.equal((await fetch(url)).status, 404);
});

Deno.test("a fragment is refused for its headers", async () => {
  const bytes = makeBytes(3 * UNIT);
  const url = await ann.openUpload("a.bin", { fileSize: bytes.length });
  const put = (range: string | null, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "PUT",
      body,
      headers: { ...(range === null ? {} : { "content-range": range }), ...headers },
    });
  const part = bytes.subarray(0, UNIT);
  const total = bytes.length;
  assert.deepEqual((await failure(await put(null, part))).slice(0, 2), [400, "invalidRequest"]);
  assert.deepEqual((await failure(await put(`bytes 0-${UNIT - 1}/*`, part))).slice(0, 2), [
    400,
    "invalidRequest",
  ]);
  assert.deepEqual((await failure(await put(`${UNIT}/${total}`, part))).slice(0, 2), [400, "invalidRequest"]);
  assert.deepEqual((await failure(await put(`bytes 9-3/${total}`, part))).slice(0, 2), [
    400,
    "invalidRequest",
  ]);
  assert.deepEqual(await failure(await put(`bytes 0-${UNIT - 1}/${total + 1}`, part)), [
    400,
    "invalidRequest",
    "fragmentLengthMismatch",
  ]);
  assert.deepEqual(await failure(await put(`bytes 0-${UNIT}/${total}`, part)), [
    400,
    "invalidRequest",
    "fragmentLengthMismatch",
  ]);
  const withToken = { authorization: `Bearer ${ann.tokens.access_token}` };
  assert.equal((await failure(await put(`bytes 0-${UNIT - 1}/${total}`, part, withToken)))[0], 401);
  assert.equal(await nextOffset(url), 0);
});

Deno.test("a fragment without Content-Length is refused", async () => {
  const url = await ann.openUpload("a.bin");
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(UNIT));
      controller.close();
    },
  });
  const response = await fetch(url, {
    method: "PUT",
    body,
    headers: { "content-range": `bytes 0-${UNIT - 1}/${2 * UNIT}` },
  });
  assert.equal(response.status, 411);
  await response.body?.cancel();
});

Deno.test("a fragment that overlaps or leaves a gap is refused and changes nothing", async () => {
  const bytes = makeBytes(4 * UNIT);
  const url = await ann.openUpload("a.bin");
  await (await putFragment(url, bytes, 0, UNIT)).body?.cancel();
  assert.deepEqual(await failure(await putFragment(url, bytes, 0, UNIT)), [
    416,
    "invalidRange",
    "fragmentOverlap",
  ]);
  assert.deepEqual(await failure(await putFragment(url, bytes, 2 * UNIT, 3 * UNIT)), [
    416,
    "invalidRange",
    "fragmentOutOfOrder",
  ]);
  assert.equal(await nextOffset(url), UNIT);
  assert.equal((await putFragment(url, bytes, UNIT, 4 * UNIT)).status, 201);
});

Deno.test("a fragment of 60 MiB is refused, one unit less is taken", async () => {
  const bytes = makeBytes(192 * UNIT);
  const url = await ann.openUpload("big.bin");
  assert.deepEqual(await failure(await putFragment(url, bytes, 0, 192 * UNIT)), [
    413,
    "invalidRequest",
    "maxFragmentLengthExceeded",
  ]);
  const taken = await putFragment(url, bytes, 0, 191 * UNIT);
  assert.equal(taken.status, 202);
  await taken.body?.cancel();
});

Deno.test("a misaligned fragment is taken and fails the commit", async () => {
  const bytes = makeBytes(3 * UNIT);
  const url = await ann.openUpload("a.bin");
  const taken = await putFragment(url, bytes, 0, UNIT + 1);
  assert.equal(taken.status, 202);
  await taken.body?.cancel();
  assert.deepEqual((await failure(await putFragment(url, bytes, UNIT + 1, bytes.length))).slice(0, 2), [
    500,
    "generalException",
  ]);
  assert.deepEqual(await sandbox.control("GET", "/files"), []);
});

Deno.test("a second fragment in flight is a conflict", async () => {
  const bytes = makeBytes(40 * UNIT);
  const url = await ann.openUpload("a.bin");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  const { pathname, search, host } = new URL(url);
  const head = `PUT ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${UNIT}\r\n` +
    `content-range: bytes 0-${UNIT - 1}/${bytes.length}\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head));
  await connection.write(bytes.subarray(0, 1000));
  await waitFor(async () => {
    const [status] = await failure(await putFragment(url, bytes, 5 * UNIT, 6 * UNIT));
    assert.ok(status === 409 || status === 416);
    return status === 409 ? true : null;
  });
  for (let at = 1000; at < UNIT;) at += await connection.write(bytes.subarray(at, UNIT));
  const answer = new Uint8Array(64);
  await connection.read(answer);
  assert.match(new TextDecoder().decode(answer), /^HTTP\/1\.1 202/);
  connection.close();
});

Deno.test("status shows missing ranges in both forms", async () => {
  const bytes = makeBytes(4 * UNIT);
  const url = await ann.openUpload("a.bin", { fileSize: bytes.length });
  const forms = new Set<string>();
  for (let i = 0; i < 4; i++) forms.add((await (await fetch(url)).json()).nextExpectedRanges[0]);
  assert.deepEqual([...forms].sort(), ["0-", `0-${bytes.length - 1}`]);
});

Deno.test("a canceled session is gone for status, fragments and a second cancel", async () => {
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  const refused = await fetch(url, { method: "DELETE", headers: { authorization: "Bearer x" } });
  assert.equal(refused.status, 401);
  await refused.body?.cancel();
  assert.equal((await fetch(url, { method: "DELETE" })).status, 204);
  assert.equal((await failure(await fetch(url, { method: "DELETE" })))[0], 404);
  assert.deepEqual((await failure(await putFragment(url, bytes, 0, UNIT))).slice(0, 2), [
    404,
    "itemNotFound",
  ]);
  assert.equal((await failure(await fetch(url.replace(/tempauth=v1\.../, "tempauth=v1.xx"))))[0], 404);
});

Deno.test("a session dies by expiry with 404 and by age with 401 or 403", async () => {
  await sandbox.settings({ upload_session_ttl_s: 0 });
  const expired = await ann.openUpload("a.bin");
  assert.equal((await failure(await fetch(expired)))[0], 404);
  await sandbox.settings({ upload_session_ttl_s: null, upload_url_hard_stop_s: 0 });
  const old = await ann.openUpload("b.bin");
  assert.deepEqual(await failure(await fetch(old)), [401, "unauthenticated", "expiredToken"]);
  await sandbox.settings({ expired_url_status: 403 });
  assert.deepEqual((await failure(await fetch(old))).slice(0, 2), [403, "accessDenied"]);
});

Deno.test("a fragment moves the expiry of a work account's session on", async () => {
  const work = await MicrosoftAccount.connect(sandbox, "ann+work");
  const bytes = makeBytes(3 * UNIT);
  const url = await work.openUpload("a.bin");
  const before = Date.parse((await (await fetch(url)).json()).expirationDateTime);
  assert.ok(before - Date.now() <= 15 * 60_000);
  const startedAt = Date.now();
  await waitFor(() => Promise.resolve(Date.now() > startedAt + 5 ? true : null));
  const after: Json = await (await putFragment(url, bytes, 0, UNIT)).json();
  assert.ok(Date.parse(after.expirationDateTime) > before);
});

Deno.test("a session may be invisible at first", async () => {
  await sandbox.settings({ session_visible_after_ms: 60_000 });
  const url = await ann.openUpload("a.bin");
  assert.equal((await failure(await fetch(url)))[0], 404);
  await sandbox.settings({ session_visible_after_ms: null });
  assert.equal(await nextOffset(url), 0);
});

Deno.test("a deferred upload becomes a file by an explicit commit", async () => {
  const bytes = makeBytes(UNIT);
  const work = await MicrosoftAccount.connect(sandbox, "ann+work");
  const body = { deferCommit: true };
  const opened = await work.graphJson("POST", "/me/drive/root:/late.bin:/createUploadSession", body);
  const stored = await putFragment(opened.uploadUrl, bytes, 0, UNIT);
  assert.equal(stored.status, 202);
  assert.deepEqual((await stored.json()).nextExpectedRanges, []);
  assert.deepEqual(await sandbox.control("GET", "/files"), []);
  const committed = await fetch(opened.uploadUrl, { method: "POST" });
  assert.equal(committed.status, 201);
  assert.equal((await committed.json()).name, "late.bin");
});
