import assert from "node:assert/strict";
import { GoogleAccount, makeVideo, refusal } from "../support/google-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: GoogleAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await GoogleAccount.connect(sandbox, "ann");
});

const BYTES = makeBytes(5000);
const PARTS = "part=snippet,status,processingDetails,statistics";

async function read(id: string, account = ann): Promise<Json> {
  const { items } = await account.apiJson("GET", `/videos?${PARTS}&id=${id}`);
  return items?.[0];
}

/** Waits until a video has left processing. */
function processed(id: string): Promise<Json> {
  return waitFor(async () => {
    const video = await read(id);
    return video.status.uploadStatus === "uploaded" ? null : video;
  });
}

async function quicken(): Promise<void> {
  await sandbox.settings({ service: "google", processing_ms: 1 });
}

Deno.test("an upload is processed after a while, never at once", async () => {
  await sandbox.settings({ service: "google", processing_ms: 600_000 });
  const { id } = await ann.upload(BYTES);
  const early = await read(id);
  assert.equal(early.status.uploadStatus, "uploaded");
  assert.equal(early.processingDetails.processingStatus, "processing");
  assert.match(early.processingDetails.processingProgress.timeLeftMs, /^\d+$/);
  await sandbox.fault({ service: "google", method: "GET", kind: "slow_processing", value: 1 });
  const late = await processed(id);
  assert.equal(late.status.uploadStatus, "processed");
  assert.equal(late.processingDetails.processingStatus, "succeeded");
  assert.equal(late.statistics.viewCount, "0");
});

Deno.test("processing can fail or reject, with a reason, and then it is no post", async () => {
  await quicken();
  await sandbox.settings({ service: "google", failure_reason: "codec" });
  const failed = await processed((await ann.upload(BYTES)).id);
  assert.deepEqual([failed.status.uploadStatus, failed.status.failureReason], ["failed", "codec"]);
  assert.equal(failed.processingDetails.processingStatus, "failed");
  await sandbox.settings({ service: "google", failure_reason: null, rejection_reason: "copyright" });
  const rejected = await processed((await ann.upload(BYTES)).id);
  assert.deepEqual([rejected.status.uploadStatus, rejected.status.rejectionReason], [
    "rejected",
    "copyright",
  ]);
  assert.equal(rejected.processingDetails.processingStatus, "terminated");
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
});

Deno.test("what is surely no video fails, nothing at all too", async () => {
  await quicken();
  const page = new TextEncoder().encode("<html><body>Not found</body></html>");
  const text = await processed((await ann.upload(page)).id);
  assert.deepEqual([text.status.uploadStatus, text.status.failureReason], ["failed", "invalidFile"]);
  const empty = await processed((await ann.upload(new Uint8Array())).id);
  assert.deepEqual([empty.status.uploadStatus, empty.status.failureReason], ["failed", "emptyFile"]);
});

Deno.test("the same bytes twice are two videos, or a rejected duplicate by a switch", async () => {
  await quicken();
  await ann.upload(BYTES);
  await ann.upload(BYTES);
  assert.equal((await sandbox.control<Json[]>("GET", "/posts")).length, 2);
  await sandbox.settings({ service: "google", reject_duplicates: true });
  const third = await processed((await ann.upload(BYTES)).id);
  assert.deepEqual([third.status.uploadStatus, third.status.rejectionReason], ["rejected", "duplicate"]);
});

Deno.test("a list leaves out what is unknown or private to others", async () => {
  const bob = await GoogleAccount.connect(sandbox, "bob");
  const open = await ann.upload(BYTES);
  const hidden = await ann.upload(BYTES, makeVideo({}, { privacyStatus: "private" }));
  const ids = `${open.id},${hidden.id},unknown`;
  const own = await ann.apiJson("GET", `/videos?part=id&id=${ids}`);
  assert.deepEqual([own.items.length, own.pageInfo.totalResults], [2, 2]);
  const seen = await bob.apiJson("GET", `/videos?part=snippet&id=${ids}`);
  assert.deepEqual(seen.items.map((item: Json) => item.id), [open.id]);
  assert.equal(seen.items[0].snippet.channelTitle, "Ann");
  const details = bob.api("GET", `/videos?part=processingDetails&id=${open.id}`);
  assert.deepEqual(await refusal(details), [403, "forbidden"]);
  const none = await bob.apiJson("GET", `/videos?part=id&id=${hidden.id}`);
  assert.equal(none.items, undefined);
  assert.deepEqual(await refusal(ann.api("GET", "/videos?part=id")), [400, "missingRequiredParameter"]);
  const many = Array.from({ length: 51 }, (_, index) => `v${index}`).join(",");
  assert.deepEqual(await refusal(ann.api("GET", `/videos?part=id&id=${many}`)), [400, "invalidFilters"]);
});

Deno.test("an update replaces whole parts", async () => {
  const { id } = await ann.upload(BYTES, makeVideo({}, { privacyStatus: "private" }));
  const put = (body: Json, part: string) => ann.api("PUT", `/videos?part=${part}`, { id, ...body });
  assert.deepEqual(await refusal(put({ snippet: { title: "No category" } }, "snippet")), [
    400,
    "invalidCategoryId",
  ]);
  const changed: Json = await (await put({ snippet: { title: "New", categoryId: "24" } }, "snippet")).json();
  assert.deepEqual([changed.snippet.title, changed.snippet.description, changed.snippet.tags], [
    "New",
    "",
    undefined,
  ]);
  assert.equal((await read(id)).status.privacyStatus, "private");
  const soon = new Date(Date.now() + 60_000).toISOString();
  await put({ status: { privacyStatus: "private", publishAt: soon } }, "status");
  assert.equal((await read(id)).status.publishAt, soon);
  assert.equal(
    (await (await put({ status: { privacyStatus: "public" } }, "status")).json()).status.publishAt,
    undefined,
  );
  const again = put({ status: { privacyStatus: "private", publishAt: soon } }, "status");
  assert.deepEqual(await refusal(again), [400, "invalidPublishAt"], "it was published before");
});

Deno.test("a schedule that comes makes the video public", async () => {
  const publishAt = new Date(Date.now() + 2000).toISOString();
  const { id } = await ann.upload(BYTES, makeVideo({}, { privacyStatus: "private", publishAt }));
  assert.equal((await read(id)).status.privacyStatus, "private");
  const video = await waitFor(async () => {
    const { status } = await read(id);
    return status.privacyStatus === "public" ? status : null;
  });
  assert.equal(video.publishAt, undefined);
});

Deno.test("videos are changed and deleted by their owner alone", async () => {
  const bob = await GoogleAccount.connect(sandbox, "bob");
  const { id } = await ann.upload(BYTES);
  assert.deepEqual(await refusal(bob.api("DELETE", `/videos?id=${id}`)), [403, "forbidden"]);
  assert.deepEqual(await refusal(ann.api("DELETE", "/videos?id=unknown")), [404, "videoNotFound"]);
  assert.equal((await ann.api("DELETE", `/videos?id=${id}`)).status, 204);
  assert.equal(await read(id), undefined);
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
});

Deno.test("every method asks for its scope", async () => {
  const uploader = await GoogleAccount.connect(sandbox, "ann", ["youtube.upload"]);
  const reader = await GoogleAccount.connect(sandbox, "ann", ["youtube.readonly"]);
  const { id } = await uploader.upload(BYTES);
  assert.deepEqual(await refusal(uploader.api("GET", `/videos?part=id&id=${id}`)), [
    403,
    "insufficientPermissions",
  ]);
  assert.deepEqual(await refusal(reader.requestSession(makeVideo())), [403, "insufficientPermissions"]);
  assert.deepEqual(await refusal(uploader.api("DELETE", `/videos?id=${id}`)), [
    403,
    "insufficientPermissions",
  ]);
  const bare = await fetch(`${sandbox.urls.YOUTUBE_API_URL}/youtube/v3/channels?part=id&mine=true`);
  assert.deepEqual(await refusal(bare), [401, "authorizationRequired"]);
});

Deno.test("a channel is read by its owner, an account without one has an empty page", async () => {
  const { items: [channel] } = await ann.apiJson(
    "GET",
    "/channels?part=snippet,statistics,contentDetails,status&mine=true",
  );
  assert.match(channel.id, /^UC[\w-]{22}$/);
  assert.deepEqual([channel.snippet.title, channel.snippet.customUrl], ["Ann", "@ann"]);
  assert.equal(channel.statistics.subscriberCount, "0");
  const byId = await ann.apiJson("GET", `/channels?part=id&id=${channel.id}`);
  assert.equal(byId.items.length, 1);
  const empty = await GoogleAccount.connect(sandbox, "fay+empty");
  const none = await empty.apiJson("GET", "/channels?part=id&mine=true");
  assert.deepEqual([none.items, none.pageInfo.totalResults], [undefined, 0]);
  assert.deepEqual(await refusal(empty.requestSession(makeVideo())), [401, "youtubeSignupRequired"]);
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id")), [400, "missingRequiredParameter"]);
  const both = ann.api("GET", `/channels?part=id&mine=true&id=${channel.id}`);
  assert.deepEqual(await refusal(both), [400, "incompatibleParameters"]);
});

Deno.test("the uploads playlist lists videos page by page, the newest first", async () => {
  for (const title of ["one", "two", "three"]) await ann.upload(BYTES, makeVideo({ title }));
  const { items: [channel] } = await ann.apiJson("GET", "/channels?part=contentDetails&mine=true");
  const list =
    `/playlistItems?part=snippet&maxResults=2&playlistId=${channel.contentDetails.relatedPlaylists.uploads}`;
  const first = await ann.apiJson("GET", list);
  const second = await ann.apiJson("GET", `${list}&pageToken=${first.nextPageToken}`);
  const titles = [...first.items, ...second.items].map((item: Json) => item.snippet.title);
  assert.deepEqual(titles, ["three", "two", "one"]);
  assert.equal(second.nextPageToken, undefined);
  assert.deepEqual(await refusal(ann.api("GET", `${list}&pageToken=x`)), [400, "invalidPageToken"]);
  const unknown = ann.api("GET", "/playlistItems?part=id&playlistId=UUnobody");
  assert.deepEqual(await refusal(unknown), [404, "playlistNotFound"]);
});
