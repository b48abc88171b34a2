import assert from "node:assert/strict";
import { BlotatoUser, refusalOf } from "../support/blotato-user.ts";
import { makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(200_000);

let sandbox: SandboxProcess;
let host: VideoHost;
shareVideoHost(BYTES, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "blotato", processing_ms: 20 });
});

Deno.test("Blotato keeps a copy of an address or a data URI", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const { url } = await ann.json("POST", "/media", { url: host.url() });
  assert.deepEqual(await (await fetch(url)).bytes(), BYTES);
  const data = await ann.json("POST", "/media", { url: "data:video/mp4;base64,AAAA" });
  assert.equal((await (await fetch(data.url)).bytes()).length, 3);
  assert.equal((await refusalOf(ann.call("POST", "/media", { url: host.url("page") })))[0], 422);
  assert.equal((await refusalOf(ann.call("POST", "/media", { url: "kettle" })))[0], 422);
});

Deno.test("a presigned address takes the bytes and serves them to a post", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const { presignedUrl, publicUrl } = await ann.json("POST", "/media/uploads", { filename: "clip.mp4" });
  const put = (url: string, body: BodyInit) =>
    fetch(url, { method: "PUT", headers: { "content-type": "video/mp4" }, body });
  assert.equal((await fetch(publicUrl)).status, 404);
  assert.equal((await refusalOf(put(publicUrl, BYTES)))[0], 403);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(BYTES);
      controller.close();
    },
  });
  assert.equal((await refusalOf(put(presignedUrl, stream)))[0], 411);
  const stored = await put(presignedUrl, BYTES);
  assert.equal(stored.status, 200);
  await stored.body?.cancel();
  await ann.waitFor(await ann.submit(publicUrl), "published");
  assert.equal((await refusalOf(ann.call("POST", "/media/uploads", { filename: "clip" })))[0], 422);
});
