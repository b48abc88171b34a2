import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { youtube_v3 } from "@googleapis/youtube";
import { CHUNK, fullNames, SCOPES } from "../support/google-account.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { createOAuthClient, createYoutubeClient } from "../support/youtube-sdk.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const BYTES = makeBytes(3 * CHUNK + 77);

/** Goes through consent with the official client and returns it with its tokens. */
async function signIn(name: string) {
  const client = createOAuthClient(sandbox);
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const url = client.generateAuthUrl({
    access_type: "offline",
    prompt: "consent",
    scope: fullNames(SCOPES).split(" "),
    state: "s",
    code_challenge: codeChallenge,
    code_challenge_method: "S256" as Json,
  });
  const response = await fetch(url, { redirect: "manual", headers: { "x-sandbox-account": name } });
  const code = new URL(response.headers.get("location")!).searchParams.get("code")!;
  const { tokens } = await client.getToken({ code, codeVerifier });
  client.setCredentials(tokens);
  return client;
}

/** The client takes the address of uploads with each call, not from its own options. */
function uploadHost(): { rootUrl: string } {
  return { rootUrl: `${sandbox.urls.YOUTUBE_UPLOAD_URL}/` };
}

function insert(client: youtube_v3.Youtube, requestBody: youtube_v3.Schema$Video) {
  const media = { mimeType: "video/mp4", body: Readable.from([BYTES]) };
  return client.videos.insert({ part: ["snippet", "status"], requestBody, media }, uploadHost());
}

Deno.test("the official client signs in, refreshes by itself and reads the channel", async () => {
  const client = await signIn("ann");
  assert.ok(client.credentials.refresh_token);
  const info = await client.getTokenInfo(client.credentials.access_token!);
  assert.deepEqual(info.scopes, fullNames(SCOPES).split(" "));
  client.setCredentials({ refresh_token: client.credentials.refresh_token });
  const { data } = await createYoutubeClient(sandbox, client).channels.list({
    part: ["snippet"],
    mine: true,
  });
  assert.equal(data.items![0]!.snippet!.title, "Ann");
});

Deno.test("the official client uploads a video and follows it", async () => {
  await sandbox.settings({ service: "google", processing_ms: 50 });
  const client = createYoutubeClient(sandbox, await signIn("ann"));
  const requestBody = {
    snippet: { title: "A lamp – that folds", description: "Folds flat.", tags: ["lamp"], categoryId: "22" },
    status: { privacyStatus: "unlisted", selfDeclaredMadeForKids: false },
  };
  const { data: video } = await insert(client, requestBody);
  assert.equal(video.snippet!.title, "A lamp – that folds");
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual([post.id, post.bytes], [video.id, BYTES.length]);
  assert.equal(post.sha256, createHash("sha256").update(BYTES).digest("hex"));
  const processed = await waitFor(async () => {
    const { data } = await client.videos.list({ part: ["status", "processingDetails"], id: [video.id!] });
    const [item] = data.items!;
    return item!.status!.uploadStatus === "uploaded" ? null : item;
  });
  assert.equal(processed.processingDetails!.processingStatus, "succeeded");
});

Deno.test("the official client changes, lists, pictures and deletes a video", async () => {
  await sandbox.settings({ service: "google", processing_ms: 1 });
  const client = createYoutubeClient(sandbox, await signIn("ann"));
  const { data: video } = await insert(client, {
    snippet: { title: "One" },
    status: { privacyStatus: "private" },
  });
  const id = video.id!;
  const snippet = { title: "Two", categoryId: "24" };
  const { data: changed } = await client.videos.update({ part: ["snippet"], requestBody: { id, snippet } });
  assert.equal(changed.snippet!.title, "Two");
  const { data: channels } = await client.channels.list({ part: ["contentDetails"], mine: true });
  const playlistId = channels.items![0]!.contentDetails!.relatedPlaylists!.uploads!;
  const { data: uploads } = await client.playlistItems.list({ part: ["contentDetails"], playlistId });
  assert.equal(uploads.items![0]!.contentDetails!.videoId, id);
  const png = Readable.from([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])]);
  const set = await client.thumbnails.set(
    { videoId: id, media: { mimeType: "image/png", body: png } },
    uploadHost(),
  );
  assert.equal(set.data.kind, "youtube#thumbnailSetResponse");
  assert.equal((await client.videos.delete({ id })).status, 204);
  const { data: none } = await client.videos.list({ part: ["id"], id: [id] });
  assert.equal(none.items, undefined);
});

Deno.test("the official client reads refusals with their reason", async () => {
  const client = createYoutubeClient(sandbox, await signIn("ann"));
  const reasonOf = async (call: Promise<unknown>): Promise<[number, string]> => {
    const error: Json = await call.then(() => assert.fail("It was taken."), (error) => error);
    return [error.status, error.response.data.error.errors[0].reason];
  };
  assert.deepEqual(await reasonOf(insert(client, { snippet: { title: "<" } })), [400, "invalidTitle"]);
  await sandbox.settings({ service: "google", inserts_per_day: 0 });
  assert.deepEqual(await reasonOf(insert(client, { snippet: { title: "x" } })), [403, "quotaExceeded"]);
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
});

Deno.test("the official client sees invalid_grant after its token was revoked", async () => {
  const client = await signIn("ann");
  const refresh_token = client.credentials.refresh_token!;
  await client.revokeCredentials();
  client.setCredentials({ refresh_token });
  await assert.rejects(
    client.getAccessToken(),
    (error: Json) => error.response.data.error === "invalid_grant",
  );
});
