import assert from "node:assert/strict";
import {
  askForCode,
  CHUNK,
  GoogleAccount,
  makeVideo,
  progress,
  putChunk,
  queryChunks,
  redeemCode,
  refreshTokens,
  refusal,
  requestGoogleConsent,
} from "../support/google-account.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: GoogleAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await GoogleAccount.connect(sandbox, "ann");
});

const BYTES = makeBytes(3 * CHUNK);
const UPLOAD_PATH = "/upload/youtube/v3/videos";

function fault(kind: string, extra: Record<string, unknown> = {}): Promise<void> {
  return sandbox.fault({ service: "google", kind, ...extra });
}

/** Resolves when the request ended in a network error; an answer fails the test. */
async function assertCut(request: Promise<Response>): Promise<void> {
  await assert.rejects(request.then((response) => response.bytes()), TypeError);
}

/** One call of every route, by name. */
async function listCalls(): Promise<[route: string, call: () => Promise<Response>][]> {
  const session = await ann.openSession(BYTES.length);
  const { id } = await ann.upload(BYTES);
  const thumbnail = `${sandbox.urls.YOUTUBE_UPLOAD_URL}/upload/youtube/v3/thumbnails/set?videoId=${id}`;
  const headers = { authorization: `Bearer ${ann.tokens.access_token}`, "content-type": "image/png" };
  const tokenForm = () => ({ method: "POST", body: new URLSearchParams({ token: ann.tokens.access_token }) });
  return [
    ["auth", () => requestGoogleConsent(sandbox, { sandbox_account: "ann" })],
    ["token", () => refreshTokens(sandbox, ann.tokens.refresh_token!)],
    ["revoke", () => fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/revoke`, tokenForm())],
    ["tokeninfo", () => fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/tokeninfo?access_token=x`)],
    ["channels", () => ann.api("GET", "/channels?part=id&mine=true")],
    ["videos", () => ann.api("GET", `/videos?part=id&id=${id}`)],
    ["update", () => ann.api("PUT", "/videos?part=status", { id, status: { privacyStatus: "unlisted" } })],
    ["delete", () => ann.api("DELETE", "/videos?id=unknown")],
    ["playlistItems", () => ann.api("GET", "/playlistItems?part=id&playlistId=UU")],
    ["open", () => ann.requestSession(makeVideo())],
    ["chunk", () => putChunk(session, BYTES, 0, CHUNK)],
    ["query", () => queryChunks(session, BYTES.length)],
    ["thumbnail", () => fetch(thumbnail, { method: "POST", headers, body: "x" })],
  ];
}

Deno.test("a status, throttling and a lost answer can happen on every route", async () => {
  for (const [route, call] of await listCalls()) {
    await fault("status", { value: 503, retry_after: 7 });
    const down = await call();
    assert.deepEqual([down.status, down.headers.get("retry-after")], [503, "7"], route);
    await down.body?.cancel();
    await fault("rate_limit", { value: 41 });
    const throttled = await call();
    assert.deepEqual([throttled.status, throttled.headers.get("retry-after")], [429, "41"], route);
    await throttled.body?.cancel();
    await fault("lost_answer");
    await assertCut(call());
    await fault("drop_after", { value: 0 });
    await assertCut(call());
    await fault("delay", { value: 30 });
    const startedAt = performance.now();
    await (await call()).body?.cancel();
    assert.ok(performance.now() - startedAt >= 29, route);
  }
});

Deno.test("injected refusals have the shape of their host", async () => {
  await fault("rate_limit", { value: 1, path: "/youtube/*" });
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id&mine=true")), [429, "rateLimitExceeded"]);
  await fault("status", { value: 500, path: UPLOAD_PATH });
  assert.deepEqual(await refusal(ann.requestSession(makeVideo())), [500, "internalError"]);
  await fault("status", { value: 503, path: "/token" });
  const token = await refreshTokens(sandbox, ann.tokens.refresh_token!);
  assert.deepEqual([token.status, (await token.json()).error], [503, "internal_failure"]);
});

Deno.test("a lost answer on the last chunk leaves one video, which the session tells again", async () => {
  const session = await ann.openSession(BYTES.length);
  await fault("lost_answer", { method: "PUT", path: UPLOAD_PATH, skip: 1 });
  await progress(putChunk(session, BYTES, 0, CHUNK));
  await assertCut(putChunk(session, BYTES, CHUNK, BYTES.length));
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  const answer = await queryChunks(session, BYTES.length);
  assert.deepEqual([answer.status, (await answer.json()).id], [201, post.id]);
  assert.equal((await sandbox.control<Json[]>("GET", "/posts")).length, 1);
});

Deno.test("a status after the last chunk leaves a video, one before leaves the chunk unstored", async () => {
  const session = await ann.openSession(BYTES.length);
  await fault("status", { method: "PUT", value: 502 });
  assert.equal((await progress(putChunk(session, BYTES, 0, CHUNK)))[0], 502);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, null]);
  await fault("status_after", { method: "PUT", value: 502 });
  assert.equal((await progress(putChunk(session, BYTES, 0, BYTES.length)))[0], 502);
  assert.equal((await progress(queryChunks(session, BYTES.length)))[0], 201);
});

Deno.test("an injected 308 tells what is stored and when to come back", async () => {
  const session = await ann.openSession(BYTES.length);
  await progress(putChunk(session, BYTES, 0, CHUNK));
  await fault("status", { method: "PUT", value: 308, retry_after: 3 });
  const answer = await putChunk(session, BYTES, CHUNK, 2 * CHUNK);
  assert.equal(answer.headers.get("retry-after"), "3");
  assert.deepEqual(await progress(Promise.resolve(answer)), [308, `bytes=0-${CHUNK - 1}`]);
});

Deno.test("revoke on a call ends the grant which its token stands for", async () => {
  await fault("revoke", { path: "/youtube/v3/channels" });
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id&mine=true")), [401, "authError"]);
  const refreshed = await refreshTokens(sandbox, ann.tokens.refresh_token!);
  assert.deepEqual([refreshed.status, (await refreshed.json()).error], [400, "invalid_grant"]);
});

Deno.test("revoke on a refresh or during an upload ends the grant, without a token the session", async () => {
  await fault("revoke", { path: "/token" });
  assert.equal((await refreshTokens(sandbox, ann.tokens.refresh_token!)).status, 400);
  const bob = await GoogleAccount.connect(sandbox, "bob");
  const session = await bob.openSession(BYTES.length);
  await fault("revoke", { method: "PUT" });
  const authorization = `Bearer ${bob.tokens.access_token}`;
  assert.deepEqual(await refusal(putChunk(session, BYTES, 0, CHUNK, { authorization })), [401, "authError"]);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, null]);
  await fault("revoke", { method: "PUT" });
  assert.deepEqual(await refusal(putChunk(session, BYTES, 0, CHUNK)), [404, "notFound"]);
});

Deno.test("slow_processing holds back the video which the request touches", async () => {
  await sandbox.settings({ service: "google", processing_ms: 1 });
  await fault("slow_processing", { method: "POST", path: UPLOAD_PATH, value: 600_000 });
  const slow = await ann.upload(BYTES);
  const statusOf = async (id: string) => {
    const { items } = await ann.apiJson("GET", `/videos?part=processingDetails&id=${id}`);
    return items[0].processingDetails;
  };
  const { processingProgress } = await statusOf(slow.id);
  assert.ok(Number(processingProgress.timeLeftMs) > 500_000);
  await sandbox.settings({ service: "google", processing_ms: 5_000 });
  const watched = await ann.upload(BYTES);
  await fault("slow_processing", { method: "GET", path: "/youtube/v3/videos", value: 600_000 });
  assert.ok(Number((await statusOf(watched.id)).processingProgress.timeLeftMs) > 500_000);
});

Deno.test("requests are counted without their ids", async () => {
  const session = await ann.openSession(BYTES.length);
  await progress(putChunk(session, BYTES, 0, CHUNK));
  await redeemCode(sandbox, await askForCode(sandbox, "ann"));
  const counts = await sandbox.control<Json[]>("GET", "/requests?service=google");
  const chunk = counts.find((entry) => entry.method === "PUT");
  assert.deepEqual(chunk, { method: "PUT", route: UPLOAD_PATH, status: 308, count: 1 });
  assert.equal(counts.find((entry) => entry.route === "/token").count, 2);
});
