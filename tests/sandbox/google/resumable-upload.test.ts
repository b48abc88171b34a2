import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  CHUNK,
  GoogleAccount,
  makeVideo,
  progress,
  putChunk,
  queryChunks,
  refusal,
} from "../support/google-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: GoogleAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await GoogleAccount.connect(sandbox, "ann");
});

const BYTES = makeBytes(5 * CHUNK + 1234);

Deno.test("chunks in order make a video with the right bytes and the asked parts", async () => {
  const session = await ann.openSession(BYTES.length);
  assert.equal(new URL(session).origin, sandbox.urls.YOUTUBE_UPLOAD_URL);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, null]);
  const first = await putChunk(session, BYTES, 0, 2 * CHUNK);
  assert.equal(first.headers.get("location"), null);
  assert.deepEqual(await progress(Promise.resolve(first)), [308, `bytes=0-${2 * CHUNK - 1}`]);
  assert.deepEqual(await progress(putChunk(session, BYTES, 2 * CHUNK, 4 * CHUNK)), [
    308,
    `bytes=0-${4 * CHUNK - 1}`,
  ]);
  const last = await putChunk(session, BYTES, 4 * CHUNK, BYTES.length);
  assert.equal(last.status, 201);
  const video: Json = await last.json();
  assert.match(video.id, /^[\w-]{11}$/);
  assert.deepEqual(Object.keys(video).sort(), ["etag", "id", "kind", "snippet", "status"]);
  assert.equal(video.status.uploadStatus, "uploaded");
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual([post.platform, post.account, post.id, post.bytes], [
    "youtube",
    "ann",
    video.id,
    BYTES.length,
  ]);
  assert.equal(post.sha256, createHash("sha256").update(BYTES).digest("hex"));
  assert.equal(post.caption, "A lamp that folds\n\nFolds flat.");
});

Deno.test("a whole file goes in one request without a range", async () => {
  const response = await fetch(await ann.openSession(BYTES.length), { method: "PUT", body: BYTES });
  assert.equal(response.status, 201);
  await response.body?.cancel();
  const odd = await fetch(await ann.openSession(BYTES.length + 1), { method: "PUT", body: BYTES });
  assert.deepEqual(await refusal(odd), [400, "badRequest"]);
});

Deno.test("a finished session gives its final answer again and makes no second video", async () => {
  const session = await ann.openSession(BYTES.length);
  const video: Json = await (await fetch(session, { method: "PUT", body: BYTES })).json();
  for (
    const again of [queryChunks(session, BYTES.length), putChunk(session, BYTES, 5 * CHUNK, BYTES.length)]
  ) {
    const response = await again;
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), video);
  }
  assert.equal((await sandbox.control<Json[]>("GET", "/posts")).length, 1);
});

Deno.test("a chunk that is no multiple of 256 KiB is refused unless it is the last", async () => {
  const session = await ann.openSession(BYTES.length);
  assert.deepEqual(await refusal(putChunk(session, BYTES, 0, CHUNK + 1)), [400, "badRequest"]);
  assert.deepEqual(await refusal(putChunk(session, BYTES, 0, 1_000_000)), [400, "badRequest"]);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, null]);
});

Deno.test("overlaps and gaps store nothing", async () => {
  const session = await ann.openSession(BYTES.length);
  await progress(putChunk(session, BYTES, 0, 2 * CHUNK));
  const stored = `bytes=0-${2 * CHUNK - 1}`;
  assert.deepEqual(await progress(putChunk(session, BYTES, CHUNK, 4 * CHUNK)), [308, stored]);
  assert.deepEqual(await refusal(putChunk(session, BYTES, 3 * CHUNK, 4 * CHUNK)), [503, "backendError"]);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, stored]);
});

Deno.test("a Content-Range that cannot be right is refused", async () => {
  const session = await ann.openSession(BYTES.length);
  const total = BYTES.length;
  for (
    const range of [
      "bytes 0-9",
      "0-262143/9",
      `bytes 5-4/${total}`,
      `bytes 0-${total}/${total}`,
      "bytes=0-262143",
      `bytes 0-${CHUNK - 2}/${total}`,
      `bytes 0-${CHUNK - 1}/${total + 1}`,
    ]
  ) {
    const answer = putChunk(session, BYTES, 0, CHUNK, { "content-range": range });
    assert.deepEqual(await refusal(answer), [400, "badRequest"], range);
  }
  const asked = putChunk(session, BYTES, 0, CHUNK, { "content-range": `bytes */${total}` });
  assert.deepEqual(await refusal(asked), [400, "badRequest"]);
  assert.deepEqual(await refusal(queryChunks(session, total - 1)), [400, "badRequest"]);
  assert.deepEqual(await progress(queryChunks(session, "*")), [308, null]);
});

Deno.test("a body without a declared length is refused with 411", async () => {
  const session = await ann.openSession(BYTES.length);
  const body = new Blob([BYTES]).stream().pipeThrough(new TransformStream());
  assert.deepEqual(await refusal(await fetch(session, { method: "PUT", body })), [411, "lengthRequired"]);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, null]);
});

Deno.test("a session without a declared length learns it from a range", async () => {
  const response = await ann.requestSession(makeVideo());
  const session = response.headers.get("location")!;
  const range = { "content-range": `bytes 0-${CHUNK - 1}/*` };
  assert.deepEqual(await progress(putChunk(session, BYTES, 0, CHUNK, range)), [308, `bytes=0-${CHUNK - 1}`]);
  const last = await queryChunks(session, CHUNK);
  assert.equal(last.status, 201);
  await last.body?.cancel();
});

Deno.test("the server may keep less of a chunk than was sent", async () => {
  await sandbox.settings({ service: "google", stored_chunk_bytes: CHUNK + 5 });
  const session = await ann.openSession(BYTES.length);
  assert.deepEqual(await progress(putChunk(session, BYTES, 0, 4 * CHUNK)), [308, `bytes=0-${CHUNK - 1}`]);
  assert.deepEqual(await progress(putChunk(session, BYTES, CHUNK, BYTES.length)), [
    308,
    `bytes=0-${2 * CHUNK - 1}`,
  ]);
  await sandbox.settings({ service: "google", stored_chunk_bytes: null });
  const last = await putChunk(session, BYTES, 2 * CHUNK, BYTES.length);
  assert.equal(last.status, 201);
  await last.body?.cancel();
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.equal(post.sha256, createHash("sha256").update(BYTES).digest("hex"));
});

Deno.test("what arrived of a broken request stays in whole units", async () => {
  const session = await ann.openSession(BYTES.length);
  await sandbox.fault({ service: "google", method: "PUT", kind: "drop_after", value: 3 * CHUNK + 99 });
  await assert.rejects(fetch(session, { method: "PUT", body: BYTES }));
  const [, range] = await waitFor(async () => {
    const answer = await progress(queryChunks(session, BYTES.length));
    return answer[1] === null ? null : answer;
  });
  assert.equal(range, `bytes=0-${3 * CHUNK - 1}`);
  const last = await putChunk(session, BYTES, 3 * CHUNK, BYTES.length);
  assert.equal(last.status, 201);
  await last.body?.cancel();
});

Deno.test("a session takes one request at a time", async () => {
  const session = await ann.openSession(BYTES.length);
  const { pathname, search, host, port } = new URL(session);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const head = `PUT ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${CHUNK}\r\n` +
    `content-range: bytes 0-${CHUNK - 1}/${BYTES.length}\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head));
  await connection.write(BYTES.subarray(0, 1000));
  await waitFor(async () => {
    const { error }: Json = await (await putChunk(session, BYTES, CHUNK, 2 * CHUNK)).json();
    assert.equal(error.code, 503);
    return /in progress/.test(error.message) ? true : null;
  });
  for (let at = 1000; at < CHUNK;) at += await connection.write(BYTES.subarray(at, CHUNK));
  const answer = new Uint8Array(64);
  await connection.read(answer);
  assert.match(new TextDecoder().decode(answer), /^HTTP\/1\.1 308/);
  connection.close();
});

Deno.test("an unknown or expired session is 404", async () => {
  const session = await ann.openSession(BYTES.length);
  assert.deepEqual(await refusal(queryChunks(`${session}x`, BYTES.length)), [404, "notFound"]);
  await sandbox.settings({ service: "google", upload_session_ttl_s: 0 });
  const dead = await ann.openSession(BYTES.length);
  assert.deepEqual(await refusal(queryChunks(dead, BYTES.length)), [404, "notFound"]);
  assert.deepEqual(await refusal(putChunk(dead, BYTES, 0, CHUNK)), [404, "notFound"]);
});

Deno.test("a token on a chunk must be good, and none is needed", async () => {
  const session = await ann.openSession(BYTES.length);
  const authorization = "Bearer nobody";
  assert.deepEqual(await refusal(putChunk(session, BYTES, 0, CHUNK, { authorization })), [401, "authError"]);
  const good = { authorization: `Bearer ${ann.tokens.access_token}` };
  assert.deepEqual(await progress(putChunk(session, BYTES, 0, CHUNK, good)), [308, `bytes=0-${CHUNK - 1}`]);
});

Deno.test("uploads that were begun are listed until they end", async () => {
  const session = await ann.openSession(BYTES.length);
  await progress(putChunk(session, BYTES, 0, CHUNK));
  const [open] = await sandbox.control<Json[]>("GET", "/uploads");
  assert.deepEqual([open.account, open.name, open.size, open.received], [
    "ann",
    "A lamp that folds",
    BYTES.length,
    CHUNK,
  ]);
  await progress(putChunk(session, BYTES, CHUNK, BYTES.length));
  assert.deepEqual(await sandbox.control("GET", "/uploads"), []);
});
