import assert from "node:assert/strict";
import { GoogleAccount, makeVideo, refusal } from "../support/google-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import { playVideo } from "../support/play-video.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: GoogleAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await GoogleAccount.connect(sandbox, "ann");
});

const CLIP = new URL("../../support/fixtures/clip.mp4", import.meta.url);
const BYTES = makeBytes(300_000);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

function setThumbnail(
  id: string,
  body: Uint8Array<ArrayBuffer> | string,
  type = "image/png",
): Promise<Response> {
  const url =
    `${sandbox.urls.YOUTUBE_UPLOAD_URL}/upload/youtube/v3/thumbnails/set?videoId=${id}&uploadType=media`;
  const headers = { authorization: `Bearer ${ann.tokens.access_token}`, "content-type": type };
  return fetch(url, { method: "POST", headers, body });
}

async function processedUpload(): Promise<string> {
  await sandbox.settings({ service: "google", processing_ms: 1 });
  const { id } = await ann.upload(BYTES);
  await waitFor(async () => {
    const { items } = await ann.apiJson("GET", `/videos?part=status&id=${id}`);
    return items[0].status.uploadStatus === "processed" ? true : null;
  });
  return id;
}

Deno.test("a post's page is listed and plays its bytes by Range", async () => {
  await ann.upload(BYTES, makeVideo({ title: "A lamp & more" }));
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  const index = await (await fetch(`${sandbox.urls.SANDBOX_URL}/google`)).text();
  assert.match(index, new RegExp(`href="/google/shorts/${post.id}">A lamp &amp; more</a>`));
  assert.equal(post.url, `${sandbox.urls.YOUTUBE_SITE_URL}/shorts/${post.id}`);
  const page = await (await fetch(post.url)).text();
  assert.match(page, /<h1>A lamp &amp; more<\/h1>/);
  const source = sandbox.urls.SANDBOX_URL + /<video src="([^"]+)"/.exec(page)![1]!;
  const whole = await fetch(source);
  assert.deepEqual([whole.status, whole.headers.get("content-type")], [200, "video/mp4"]);
  assert.deepEqual(await whole.bytes(), BYTES);
  const part = await fetch(source, { headers: { range: "bytes=100-199" } });
  assert.equal(part.headers.get("content-range"), `bytes 100-199/${BYTES.length}`);
  assert.deepEqual(await part.bytes(), BYTES.slice(100, 200));
  const beyond = await fetch(source, { headers: { range: "bytes=900000-" } });
  assert.equal(beyond.status, 416);
  assert.equal((await fetch(`${sandbox.urls.SANDBOX_URL}/google/shorts/unknown`)).status, 404);
});

Deno.test("a browser plays the video on its page", async () => {
  const { id } = await ann.upload(await Deno.readFile(CLIP));
  const played = await playVideo(`${sandbox.urls.YOUTUBE_SITE_URL}/shorts/${id}`);
  assert.deepEqual(played, { width: 320, isPlaying: true });
});

Deno.test("a thumbnail is set once the video is processed and then shown", async () => {
  await sandbox.settings({ service: "google", processing_ms: 60_000 });
  const { id: early } = await ann.upload(BYTES);
  assert.deepEqual(await refusal(setThumbnail(early, PNG)), [400, "failedPrecondition"]);
  const id = await processedUpload();
  const { items }: Json = await (await setThumbnail(id, PNG)).json();
  const picture = await fetch(items[0].default.url);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.deepEqual(await picture.bytes(), PNG);
});

Deno.test("what is no picture is refused as a thumbnail", async () => {
  const id = await processedUpload();
  assert.deepEqual(await refusal(setThumbnail(id, "")), [400, "mediaBodyRequired"]);
  assert.deepEqual(await refusal(setThumbnail(id, "GIF89a")), [400, "invalidImage"]);
  assert.deepEqual(await refusal(setThumbnail(id, PNG, "image/webp")), [400, "badContent"]);
  assert.deepEqual(await refusal(setThumbnail("unknown", PNG)), [404, "videoNotFound"]);
  const huge = new Uint8Array(50 * 1024 * 1024 + 1);
  huge.set(PNG);
  assert.deepEqual(await refusal(setThumbnail(id, huge)), [400, "invalidImage"]);
});

Deno.test("a channel without a verified phone number sets no thumbnail", async () => {
  ann = await GoogleAccount.connect(sandbox, "ann+unverified");
  const id = await processedUpload();
  assert.deepEqual(await refusal(setThumbnail(id, PNG)), [403, "forbidden"]);
});
