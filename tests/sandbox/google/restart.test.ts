import assert from "node:assert/strict";
import {
  CHUNK,
  GoogleAccount,
  makeVideo,
  progress,
  putChunk,
  queryChunks,
  refreshTokens,
  refusal,
} from "../support/google-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const BYTES = makeBytes(4 * CHUNK + 9);

Deno.test("channels, grants, videos, open uploads and used quota survive a restart", async () => {
  const ann = await GoogleAccount.connect(sandbox, "ann");
  for (let count = 0; count < 98; count++) await ann.openSession(10);
  const video = await ann.upload(BYTES);
  const session = await ann.openSession(BYTES.length, makeVideo({ title: "Second" }));
  await progress(putChunk(session, BYTES, 0, 2 * CHUNK));

  assert.equal((await sandbox.halt("SIGTERM")).code, 0);
  await sandbox.boot();

  const { items } = await ann.apiJson("GET", `/videos?part=snippet&id=${video.id}`);
  assert.equal(items[0].snippet.title, "A lamp that folds");
  assert.deepEqual(await refusal(ann.requestSession(makeVideo())), [403, "quotaExceeded"]);
  assert.equal((await refreshTokens(sandbox, ann.tokens.refresh_token!)).status, 200);
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, `bytes=0-${2 * CHUNK - 1}`]);
  assert.equal((await progress(putChunk(session, BYTES, 2 * CHUNK, BYTES.length)))[0], 201);
  const posts = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual(posts.map((post) => post.caption.split("\n")[0]), ["A lamp that folds", "Second"]);
  assert.equal(posts[0].sha256, posts[1].sha256);
  const media = await fetch(`${sandbox.urls.YOUTUBE_SITE_URL}/media/${video.id}`);
  assert.deepEqual(await media.bytes(), BYTES);
});

Deno.test("a killed sandbox comes back with the chunks it had saved", async () => {
  const ann = await GoogleAccount.connect(sandbox, "ann");
  const session = await ann.openSession(BYTES.length);
  await progress(putChunk(session, BYTES, 0, CHUNK));
  await waitFor(async () => (await sandbox.readState()).includes(`"nextOffset":${CHUNK}`) ? true : null);
  await sandbox.halt("SIGKILL");
  await sandbox.boot();
  assert.deepEqual(await progress(queryChunks(session, BYTES.length)), [308, `bytes=0-${CHUNK - 1}`]);
  assert.equal((await progress(putChunk(session, BYTES, CHUNK, BYTES.length)))[0], 201);
});

Deno.test("a reset forgets channels, videos, sessions, quota and switches", async () => {
  const ann = await GoogleAccount.connect(sandbox, "ann");
  await sandbox.settings({ service: "google", inserts_per_day: 1 });
  await ann.upload(BYTES);
  await sandbox.reset();
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id&mine=true")), [401, "authError"]);
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
  assert.deepEqual([...Deno.readDirSync(`${sandbox.dataDir}/blobs`)], []);
  const again = await GoogleAccount.connect(sandbox, "ann");
  await again.openSession(10);
  await again.openSession(10);
});
