import assert from "node:assert/strict";
import { GoogleAccount, makeVideo, refusal } from "../support/google-account.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: GoogleAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await GoogleAccount.connect(sandbox, "ann");
});

const BYTES = makeBytes(3000);
const TOMORROW = new Date(Date.now() + 24 * 3600 * 1000).toISOString();

async function statusOf(video: Json): Promise<number> {
  const response = await ann.requestSession(video);
  await response.body?.cancel();
  return response.status;
}

/** Sends each video and expects the refusal next to it. */
async function assertRefused(cases: readonly [Json, number, string][]): Promise<void> {
  for (const [video, status, reason] of cases) {
    const label = JSON.stringify(video).slice(0, 120);
    assert.deepEqual(await refusal(ann.requestSession(video)), [status, reason], label);
  }
}

Deno.test("titles have 1 to 100 characters without angle brackets", async () => {
  const wrong = [undefined, "", "  ", "x".repeat(101), "a < b", "a > b"];
  await assertRefused(wrong.map((title) => [makeVideo({ title }), 400, "invalidTitle"]));
  assert.equal(await statusOf(makeVideo({ title: "é".repeat(100) })), 200);
  assert.equal(await statusOf(makeVideo({ title: "🎬".repeat(100) })), 200);
});

Deno.test("descriptions have up to 5000 bytes without angle brackets", async () => {
  const wrong = ["é".repeat(2501), "x".repeat(5001), "<b>"];
  await assertRefused(wrong.map((description) => [makeVideo({ description }), 400, "invalidDescription"]));
  assert.equal(await statusOf(makeVideo({ description: "é".repeat(2500) })), 200);
});

Deno.test("tags have 500 characters with commas and quotes counted", async () => {
  const full = ["a".repeat(249), "b".repeat(250)];
  assert.equal(await statusOf(makeVideo({ tags: full })), 200);
  const spaced = ["a".repeat(247), `b ${"c".repeat(249)}`];
  await assertRefused([
    [makeVideo({ tags: [...full, "c"] }), 400, "invalidTags"],
    [makeVideo({ tags: spaced }), 400, "invalidTags"],
  ]);
});

Deno.test("categories, languages and types are checked", async () => {
  const german = { de: { title: "Eine Lampe", description: "" } };
  await assertRefused([
    [makeVideo({ categoryId: "999" }), 400, "invalidCategoryId"],
    [makeVideo({ categoryId: 22 }), 400, "badRequest"],
    [makeVideo({ title: 5 }), 400, "badRequest"],
    [makeVideo({ tags: "lamp" }), 400, "badRequest"],
    [makeVideo({}, { selfDeclaredMadeForKids: "no" }), 400, "badRequest"],
    [makeVideo({}, { privacyStatus: "friends" }), 400, "invalidVideoMetadata"],
    [makeVideo({}, { license: "mine" }), 403, "forbiddenLicenseSetting"],
    ["{", 400, "parseError"],
    ["[]", 400, "parseError"],
  ]);
  const withLanguages = { ...makeVideo(), localizations: german };
  const query = "part=snippet,status,localizations";
  assert.deepEqual(await refusal(ann.requestSession(withLanguages, {}, query)), [
    400,
    "defaultLanguageNotSet",
  ]);
  withLanguages.snippet.defaultLanguage = "en";
  assert.equal((await ann.requestSession(withLanguages, {}, query)).status, 200);
});

Deno.test("a schedule needs a private video and a time", async () => {
  await assertRefused([
    [makeVideo({}, { publishAt: TOMORROW }), 400, "invalidPublishAt"],
    [makeVideo({}, { publishAt: TOMORROW, privacyStatus: "unlisted" }), 400, "invalidPublishAt"],
    [makeVideo({}, { publishAt: "tomorrow", privacyStatus: "private" }), 400, "invalidPublishAt"],
  ]);
  const { status } = await ann.upload(
    BYTES,
    makeVideo({}, { publishAt: TOMORROW, privacyStatus: "private" }),
  );
  assert.deepEqual([status.privacyStatus, status.publishAt], ["private", TOMORROW]);
  const past = makeVideo({}, { publishAt: "2020-01-01T00:00:00Z", privacyStatus: "private" });
  assert.deepEqual((await ann.upload(BYTES, past)).status.privacyStatus, "public");
});

Deno.test("privacy is public by default and forced private by a switch", async () => {
  const open = await ann.upload(BYTES, makeVideo({}, { privacyStatus: undefined }));
  assert.equal(open.status.privacyStatus, "public");
  await sandbox.settings({ service: "google", force_private: true });
  assert.equal((await ann.upload(BYTES)).status.privacyStatus, "private");
});

Deno.test("part chooses what is written and shown", async () => {
  assert.deepEqual(await refusal(ann.requestSession(makeVideo(), {}, "")), [400, "missingRequiredParameter"]);
  assert.deepEqual(await refusal(ann.requestSession(makeVideo(), {}, "part=snippet,nothing")), [
    400,
    "unknownPart",
  ]);
  const response = await ann.requestSession(makeVideo({}, { privacyStatus: "private" }), {}, "part=snippet");
  const answer = await fetch(response.headers.get("location")!, { method: "PUT", body: BYTES });
  const video: Json = await answer.json();
  assert.equal(video.status, undefined);
  const { items } = await ann.apiJson("GET", `/videos?part=status&id=${video.id}`);
  assert.equal(items[0].status.privacyStatus, "public", "a part that was not named is not written");
});

Deno.test("the headers of a session are checked", async () => {
  const typed = (type: string) => ann.requestSession(makeVideo(), { "x-upload-content-type": type });
  assert.deepEqual(await refusal(typed("image/png")), [400, "badContent"]);
  assert.equal((await typed("application/octet-stream")).status, 200);
  const sized = (size: string) => ann.requestSession(makeVideo(), { "x-upload-content-length": size });
  assert.deepEqual(await refusal(sized("many")), [400, "badRequest"]);
  assert.deepEqual(await refusal(sized(String(257 * 1024 ** 3))), [400, "uploadTooLarge"]);
  const asText = ann.requestSession(makeVideo(), { "content-type": "text/plain" });
  assert.deepEqual(await refusal(asText), [400, "badContent"]);
  const url = `${sandbox.urls.YOUTUBE_UPLOAD_URL}/upload/youtube/v3/videos?part=snippet`;
  const headers = { authorization: `Bearer ${ann.tokens.access_token}` };
  assert.deepEqual(await refusal(fetch(url, { method: "POST", headers })), [400, "uploadTypeRequired"]);
});
