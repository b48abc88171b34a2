import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { eventually } from "../../support/eventually.ts";
import { makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { putChunk, TiktokAccount } from "../support/tiktok-account.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const set = (settings: Record<string, unknown>) => sandbox.settings({ service: "tiktok", ...settings });
const CHUNK = 5_000_000;
const LARGE = makeBytes(2 * CHUNK + 77);
const TWO_CHUNKS = { chunk_size: CHUNK, total_chunk_count: 2 };

interface Listed {
  platform: string;
  account: string;
  id: string;
  caption: string;
  sha256: string;
  url: string;
}
const posts = () => sandbox.control<Listed[]>("GET", "/posts");

async function rangeOf(answer: Promise<Response>): Promise<[number, string | null]> {
  const response = await answer;
  await response.body?.cancel();
  return [response.status, response.headers.get("content-range")];
}

Deno.test("chunks come in order, whole, and the last one makes the post", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const { upload_url } = await ann.init(LARGE.length, {}, TWO_CHUNKS);
  const total = LARGE.length;
  assert.deepEqual(await rangeOf(putChunk(upload_url, LARGE, CHUNK)), [416, `bytes 0-0/${total}`]);
  assert.equal((await putChunk(upload_url, LARGE, 0, CHUNK - 1)).status, 400);
  assert.deepEqual(await rangeOf(putChunk(upload_url, LARGE, 0, CHUNK)), [206, `bytes 0-${CHUNK}/${total}`]);
  assert.deepEqual(await rangeOf(putChunk(upload_url, LARGE, 0, CHUNK)), [416, `bytes 0-${CHUNK}/${total}`]);
  assert.deepEqual(await posts(), []);
  assert.deepEqual(await rangeOf(putChunk(upload_url, LARGE, CHUNK)), [201, `bytes 0-${total}/${total}`]);
  assert.equal((await putChunk(upload_url, LARGE, CHUNK)).status, 416);
  const [post] = await posts();
  assert.equal(post!.sha256, createHash("sha256").update(LARGE).digest("hex"));
  assert.deepEqual([post!.platform, post!.account, post!.caption], ["tiktok", "ann", "A kettle #kettle"]);
});

Deno.test("the upload host wants a length, a type and a range that fit", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2000);
  const { upload_url } = await ann.init(bytes.length);
  const put = (headers: Record<string, string>) => putChunk(upload_url, bytes, 0, bytes.length, headers);
  assert.equal((await put({ "content-type": "application/octet-stream" })).status, 400);
  assert.equal((await put({ "content-range": "bytes 0-1999/2001" })).status, 400);
  assert.equal((await put({ "content-range": "bytes 0-1998/2000" })).status, 400);
  assert.equal((await put({ "content-range": "bytes */2000" })).status, 400);
  const chunked = await fetch(upload_url, {
    method: "PUT",
    headers: { "content-type": "video/mp4", "content-range": "bytes 0-1999/2000" },
    body: new Blob([bytes]).stream(),
  });
  assert.equal(chunked.status, 411);
  assert.equal((await put({})).status, 201);
});

Deno.test("an address is over after an hour and unknown with another proof", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2000);
  const { upload_url } = await ann.init(bytes.length);
  assert.equal((await putChunk(upload_url.replace(/upload_token=./, "upload_token=*"), bytes)).status, 404);
  await sandbox.fault({ service: "tiktok", method: "PUT", path: "/video/", kind: "revoke" });
  assert.equal((await putChunk(upload_url, bytes)).status, 403);
  await set({ upload_session_ttl_s: 0 });
  assert.equal((await putChunk((await ann.init(bytes.length)).upload_url, bytes)).status, 403);
});

Deno.test("of a chunk that breaks off nothing stays; a lost answer leaves all", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const { upload_url, publish_id } = await ann.init(LARGE.length, {}, TWO_CHUNKS);
  const cut = { service: "tiktok", method: "PUT", path: "/video/" };
  await sandbox.fault({ ...cut, kind: "drop_after", value: 1_000_000 });
  await assert.rejects(putChunk(upload_url, LARGE, 0, CHUNK));
  assert.equal((await ann.status(publish_id)).uploaded_bytes, 0);
  assert.equal((await putChunk(upload_url, LARGE, 0, CHUNK)).status, 206);
  await sandbox.fault({ ...cut, kind: "lost_answer" });
  await assert.rejects(putChunk(upload_url, LARGE, CHUNK));
  assert.equal((await ann.status(publish_id)).uploaded_bytes, LARGE.length);
  assert.equal((await posts()).length, 1);
});

Deno.test("a post is complete before its id shows, which is a number of 19 digits", async () => {
  await set({ processing_ms: 1, moderation_ms: 400, status_calls_per_minute: 1000 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2000);
  const { upload_url, publish_id } = await ann.init(bytes.length);
  await putChunk(upload_url, bytes);
  const first = await eventually("it is complete", async () => {
    const status = await ann.status(publish_id);
    return status.status === "PUBLISH_COMPLETE" && status;
  });
  assert.deepEqual(first.publicaly_available_post_id, []);
  const [{ id }] = await posts() as [Listed];
  await eventually("the id shows", async () => {
    const text = await (await ann.api("post/publish/status/fetch/", { publish_id })).text();
    return text.includes(`"publicaly_available_post_id":[${id}]`);
  });
  assert.match(id, /^\d{19}$/);
  assert.notEqual(String(Number(id)), id, "a number would lose its last digits");
});

Deno.test("a private post never shows an id", async () => {
  await set({ processing_ms: 1, moderation_ms: 0 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const { upload_url, publish_id } = await ann.init(2000, { privacy_level: "SELF_ONLY" });
  await putChunk(upload_url, makeBytes(2000));
  const status = await eventually("it is complete", async () => {
    const found = await ann.status(publish_id);
    return found.status === "PUBLISH_COMPLETE" && found;
  });
  assert.deepEqual(status.publicaly_available_post_id, []);
});

Deno.test("processing turns down what is no video, is too long, or as it is told", async () => {
  await set({ processing_ms: 1, inits_per_minute: 100 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const shorty = await TiktokAccount.connect(sandbox, "shorty+short");
  const clip = await Deno.readFile(new URL("../../support/fixtures/upright.mp4", import.meta.url));
  const reasonOf = async (who: TiktokAccount, bytes: Uint8Array<ArrayBuffer>) => {
    const { upload_url, publish_id } = await who.init(bytes.length);
    await putChunk(upload_url, bytes);
    const ended = await eventually("it has ended", async () => {
      const status = await who.status(publish_id);
      return status.status !== "PROCESSING_UPLOAD" && status;
    });
    return ended.fail_reason;
  };
  assert.equal(await reasonOf(ann, clip), "");
  assert.equal(await reasonOf(shorty, clip), "duration_check_failed");
  assert.equal(
    await reasonOf(ann, new TextEncoder().encode("<html>no video</html>")),
    "file_format_check_failed",
  );
  await set({ fail_reason: "spam_risk_text" });
  assert.equal(await reasonOf(shorty, clip), "spam_risk_text");
  assert.equal((await posts()).length, 1, "what was turned down is not there");
});

Deno.test("a page plays the post and says what it discloses", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2000);
  const disclosed = { brand_content_toggle: true, is_aigc: true, disable_duet: true };
  await putChunk((await ann.init(bytes.length, disclosed)).upload_url, bytes);
  const [post] = await posts();
  assert.match(post!.url, /\/tiktok\/@ann\/video\/\d{19}$/);
  const page = await (await fetch(post!.url)).text();
  assert.match(page, /Paid partnership/);
  assert.match(page, /AI-generated/);
  assert.match(page, /no duets/);
  const source = /<video src="([^"]+)"/.exec(page)![1]!;
  const video = await fetch(new URL(source, post!.url), { headers: { range: "bytes=0-9" } });
  assert.deepEqual([video.status, await video.bytes()], [206, bytes.slice(0, 10)]);
});

Deno.test("accounts, uploads and posts outlive a restart", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const { upload_url } = await ann.init(LARGE.length, {}, TWO_CHUNKS);
  await putChunk(upload_url, LARGE, 0, CHUNK);
  await sandbox.halt();
  await sandbox.boot();
  assert.equal((await putChunk(upload_url, LARGE, CHUNK)).status, 201);
  assert.equal((await posts())[0]!.sha256, createHash("sha256").update(LARGE).digest("hex"));
});

Deno.test("the Display API shows an account's public videos, and nobody else's", async () => {
  await set({ processing_ms: 1, moderation_ms: 0 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bob = await TiktokAccount.connect(sandbox, "bob");
  for (const privacy_level of ["PUBLIC_TO_EVERYONE", "SELF_ONLY"]) {
    await putChunk((await ann.init(2000, { privacy_level })).upload_url, makeBytes(2000));
  }
  const [{ id }] = await posts() as [Listed];
  const listed = await eventually("the list has it", async () => {
    const { videos } = await ann.data("video/list/?fields=id,title,view_count");
    return videos.length > 0 && videos;
  });
  assert.deepEqual(listed, [{ id, title: "A kettle #kettle", view_count: 0 }]);
  const query = { filters: { video_ids: [id] } };
  assert.equal((await ann.data("video/query/?fields=id", query)).videos.length, 1);
  assert.deepEqual((await bob.data("video/query/?fields=id", query)).videos, []);
  assert.equal((await ann.codeOf("video/list/?fields=likes"))[1], "invalid_params");
  const { user } = await ann.data("user/info/?fields=open_id,display_name", undefined, "GET");
  assert.deepEqual(user, { open_id: ann.tokens.open_id, display_name: "Ann" });
});

Deno.test("injected refusals have the form of their host", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  await sandbox.fault({ service: "tiktok", path: "*/creator_info/*", kind: "status", value: 500 });
  assert.deepEqual(await ann.codeOf("post/publish/creator_info/query/"), [500, "internal_error"]);
  await sandbox.fault({ service: "tiktok", path: "*/creator_info/*", kind: "revoke" });
  assert.deepEqual(await ann.codeOf("post/publish/creator_info/query/"), [401, "access_token_invalid"]);
  await sandbox.fault({ service: "tiktok", method: "PUT", path: "/video/", kind: "status", value: 503 });
  assert.equal((await putChunk(`${sandbox.urls.TIKTOK_UPLOAD_URL}/video/`, makeBytes(10))).status, 503);
});
