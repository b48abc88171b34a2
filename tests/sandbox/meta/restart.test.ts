import assert from "node:assert/strict";
import { graphRefusal, MetaAccount, putBytes } from "../support/meta-account.ts";
import { getGraph } from "../support/meta-sign-in.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(500_000);

let sandbox: SandboxProcess;
let host: VideoHost;
shareVideoHost(BYTES, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "meta", processing_ms: 1 });
});

async function countBlobs(): Promise<number> {
  return (await Array.fromAsync(Deno.readDir(`${sandbox.dataDir}/blobs`))).length;
}

Deno.test("people, grants, containers, uploads and Reels survive a restart", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  const direct = await MetaAccount.connect(sandbox, "ann", "instagram");
  const gone = await MetaAccount.connect(sandbox, "ben");
  await (await gone.graph("DELETE", "/me/permissions")).body?.cancel();
  const reel = await ann.post(host.url(), { caption: "before" });
  const ready = await ann.createContainer(host.url());
  await ann.waitForStatus(ready, "FINISHED");
  const { id, uri } = await ann.createResumable();
  await (await putBytes(uri, ann.token, BYTES.slice(0, 200_000), 0, BYTES.length)).body?.cancel();

  assert.equal((await sandbox.halt("SIGTERM")).code, 0);
  await sandbox.boot();

  assert.equal((await ann.graphJson("GET", `/${reel}?fields=caption`)).caption, "before");
  assert.equal((await direct.graphJson("GET", "/me?fields=user_id")).user_id, ann.id);
  assert.equal((await getGraph(sandbox, "/me", gone.token)).error.error_subcode, 458);
  assert.equal((await ann.publish(ready)).status, 200);
  assert.deepEqual(await graphRefusal(ann.publish(ready)), [400, 9007, 2207027]);
  assert.equal((await ann.statusOf(id)).video_status.uploading_phase.bytes_transferred, 200_000);
  const rest = await putBytes(uri, ann.token, BYTES.slice(200_000), 200_000, BYTES.length);
  assert.equal(rest.status, 200);
  await ann.waitForStatus(id, "FINISHED");
  const usage = await ann.graphJson("GET", `/${ann.id}/content_publishing_limit`);
  assert.equal(usage.data[0].quota_usage, 2);
});

Deno.test("a pull that a restart interrupts begins anew", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  let isHeld = true;
  const release = Promise.withResolvers<void>();
  const slow = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    if (request.method === "HEAD") return new Response(null, { headers: { "content-type": "video/mp4" } });
    if (isHeld) await release.promise;
    const range = `bytes 0-${BYTES.length - 1}/${BYTES.length}`;
    return new Response(BYTES, { status: 206, headers: { "content-range": range } });
  });
  try {
    const id = await ann.createContainer(`http://127.0.0.1:${slow.addr.port}/clip.mp4`);
    assert.equal((await ann.statusOf(id)).status_code, "IN_PROGRESS");
    await sandbox.halt("SIGTERM");
    isHeld = false;
    await sandbox.boot();
    await ann.waitForStatus(id, "FINISHED");
  } finally {
    release.resolve();
    await slow.shutdown();
  }
});

Deno.test("a reset forgets everything, bytes included", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  await ann.post(host.url());
  await ann.createResumable();
  assert.equal(await countBlobs(), 2);
  await sandbox.reset();
  assert.deepEqual(await sandbox.control<Json[]>("GET", "/posts"), []);
  assert.deepEqual(await sandbox.control<Json[]>("GET", "/uploads"), []);
  assert.deepEqual(await graphRefusal(ann.graph("GET", "/me")), [400, 190, null]);
  assert.equal(await countBlobs(), 0);
  const again = await MetaAccount.connect(sandbox, "ann");
  assert.equal(again.id, ann.id, "the same name is the same account");
});
