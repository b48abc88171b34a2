import assert from "node:assert/strict";
import { MetaAccount } from "../support/meta-account.ts";
import type { Json } from "../support/microsoft-account.ts";
import { playVideo } from "../support/play-video.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const CLIP = await Deno.readFile(new URL("../../support/fixtures/clip.mp4", import.meta.url));

let sandbox: SandboxProcess;
let host: VideoHost;
let ann: MetaAccount;
shareVideoHost(CLIP, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "instagram", processing_ms: 1 });
  ann = await MetaAccount.connect(sandbox, "ann");
});

Deno.test("a Reel's page is listed and plays its bytes by Range", async () => {
  await ann.post(host.url(), { caption: "A lamp <b>& more</b>", is_ai_generated: true });
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  const index = await (await fetch(`${sandbox.urls.SANDBOX_URL}/instagram`)).text();
  assert.match(index, /<a href="\/instagram\/reel\/[\w-]+\/">A lamp &lt;b&gt;&amp; more&lt;\/b&gt;<\/a>/);
  const page = await (await fetch(post.url)).text();
  assert.match(page, /A lamp &lt;b&gt;&amp; more/);
  assert.match(page, /AI info/);
  const source = sandbox.urls.SANDBOX_URL + /<video src="([^"]+)"/.exec(page)![1]!;
  const whole = await fetch(source);
  assert.deepEqual([whole.status, whole.headers.get("content-type")], [200, "video/mp4"]);
  assert.deepEqual(await whole.bytes(), CLIP);
  const part = await fetch(source, { headers: { range: "bytes=100-199" } });
  assert.equal(part.headers.get("content-range"), `bytes 100-199/${CLIP.length}`);
  assert.deepEqual(await part.bytes(), CLIP.slice(100, 200));
  const beyond = await fetch(source, { headers: { range: "bytes=900000-" } });
  assert.equal(beyond.status, 416);
  assert.equal((await fetch(`${sandbox.urls.INSTAGRAM_SITE_URL}/reel/unknown/`)).status, 404);
});

Deno.test("a browser plays the Reel on its page", async () => {
  await ann.post(host.url());
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual(await playVideo(post.url), { width: 320, isPlaying: true });
});
