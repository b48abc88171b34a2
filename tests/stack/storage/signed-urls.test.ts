import assert from "node:assert/strict";
import { ALICE, BOB, createOwnerBucket, signToken, startStorage } from "./storage-process.ts";

const storage = await startStorage(26234);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
const alice = (await storage.asUser(ALICE)).storage.from("own");
const bob = (await storage.asUser(BOB)).storage.from("own");
const name = `${ALICE}/my clip.mp4`;
await alice.upload(name, "moving pictures", { contentType: "video/mp4" });

async function readBody(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  return { response, text: await response.text() };
}

Deno.test("Signed URL opens one object without credentials", async () => {
  const { data } = await alice.createSignedUrl(name, 60);
  const { response, text } = await readBody(data!.signedUrl);
  assert.equal(response.status, 200);
  assert.equal(text, "moving pictures");
  assert.equal(response.headers.get("cache-control"), null);
  const lifetime = Date.parse(response.headers.get("expires")!) - Date.now();
  assert.ok(lifetime > 50_000 && lifetime <= 60_000);
  const range = await readBody(data!.signedUrl, { headers: { range: "bytes=0-5" } });
  assert.deepEqual([range.response.status, range.text], [206, "moving"]);
  const head = await readBody(data!.signedUrl, { method: "HEAD" });
  assert.equal(head.response.headers.get("content-length"), "15");
});

Deno.test("Signed URL can carry a download name", async () => {
  const { data } = await alice.createSignedUrl(name, 60, { download: "clip.mp4" });
  const { response } = await readBody(data!.signedUrl);
  assert.match(response.headers.get("content-disposition")!, /^attachment; filename=clip.mp4;/);
});

Deno.test("Signed URL needs the right to read", async () => {
  assert.equal((await bob.createSignedUrl(name, 60)).error?.message, "Object not found");
  assert.ok((await storage.anonymous.storage.from("own").createSignedUrl(name, 60)).error);
  assert.ok((await alice.createSignedUrl(name, 0)).error, "a lifetime of nothing");
});

Deno.test("Signing many answers each path with its URL or error", async () => {
  const paths = [name, `${ALICE}/none`, `${BOB}/other`];
  const { data } = await alice.createSignedUrls(paths, 60);
  assert.deepEqual(data!.map((entry) => entry.path), paths);
  assert.equal((await readBody(data![0]!.signedUrl!)).text, "moving pictures");
  const refused = "Either the object does not exist or you do not have access to it";
  assert.deepEqual(data!.map((entry) => entry.error), [null, refused, refused]);
  assert.deepEqual((await bob.createSignedUrls([name], 60)).data!.map((entry) => entry.signedUrl), [null]);
});

Deno.test("Forged, expired, foreign and missing tokens are refused", async () => {
  const { data } = await alice.createSignedUrl(name, 1);
  const url = new URL(data!.signedUrl);
  const token = url.searchParams.get("token")!;
  const forged = token.replace(/.{5}$/, (end) => end === "AAAAA" ? "BBBBB" : "AAAAA");
  const attempts: [string, string, RegExp][] = [
    [url.pathname, forged, /signature verification failed/],
    [url.pathname, await signToken(ALICE), /signature verification failed/],
    [url.pathname, "nonsense", /Invalid Compact JWS/],
    [url.pathname.replace("clip", "clap"), token, /Invalid signature/],
  ];
  for (const [path, candidate, sentence] of attempts) {
    const { response, text } = await readBody(`${storage.url}${path}?token=${candidate}`);
    assert.equal(response.status, 400);
    assert.match(JSON.parse(text).message, sentence);
  }
  const missing = await readBody(`${storage.url}${url.pathname}`);
  assert.equal(JSON.parse(missing.text).message, "querystring must have required property 'token'");
  const deadline = Date.now() + 5_000;
  let late = await readBody(data!.signedUrl);
  while (late.response.status === 200 && Date.now() < deadline) late = await readBody(data!.signedUrl);
  assert.equal(JSON.parse(late.text).message, '"exp" claim timestamp check failed');
});

Deno.test("Read and upload tokens are not access tokens, nor each other", async () => {
  const target = `${ALICE}/tokens.txt`;
  await alice.upload(target, "readable");
  const read = new URL((await alice.createSignedUrl(target, 60)).data!.signedUrl).searchParams.get("token")!;
  const upload = (await alice.createSignedUploadUrl(target, { upsert: true })).data!.token;
  for (const token of [read, upload]) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await readBody(`${storage.url}/storage/v1/bucket`, { headers });
    assert.equal(JSON.parse(answer.text).statusCode, "403");
  }
  const opened = await readBody(`${storage.url}/storage/v1/object/sign/own/${target}?token=${upload}`);
  assert.equal(JSON.parse(opened.text).message, "signature verification failed");
  await alice.remove([target]);
  const stored = await alice.uploadToSignedUrl(target, read, "overwritten");
  assert.equal(stored.error?.message, "signature verification failed");
});

Deno.test("Signed upload URL takes one file in the name of its maker", async () => {
  const target = `${ALICE}/delegated.txt`;
  const { data } = await alice.createSignedUploadUrl(target);
  const anonymous = storage.anonymous.storage.from("own");
  const stored = await anonymous.uploadToSignedUrl(data!.path, data!.token, new Blob(["by hand"]));
  assert.equal(stored.data?.fullPath, `own/${target}`);
  assert.equal(await (await alice.download(target)).data!.text(), "by hand");
  const [row] = await storage.sql`select owner_id from storage.objects where name = ${target}`;
  assert.equal(row!.owner_id, ALICE);
  const again = await anonymous.uploadToSignedUrl(data!.path, data!.token, "again");
  assert.equal((again.error as { statusCode?: string } | null)?.statusCode, "409");
  assert.ok((await anonymous.uploadToSignedUrl(`${ALICE}/elsewhere.txt`, data!.token, "x")).error);
});

Deno.test("Signed upload URL with upsert may be used again", async () => {
  const target = `${ALICE}/again.txt`;
  const { data } = await alice.createSignedUploadUrl(target, { upsert: true });
  for (const text of ["one", "two"]) {
    assert.equal((await alice.uploadToSignedUrl(target, data!.token, text)).error, null);
    assert.equal(await (await alice.download(target)).data!.text(), text);
  }
});

Deno.test("Signed upload URL needs the right to insert", async () => {
  const foreign = await bob.createSignedUploadUrl(`${ALICE}/foreign.txt`);
  assert.equal(foreign.error?.message, "new row violates row-level security policy");
  assert.equal((await alice.createSignedUploadUrl(name)).error?.message, "The resource already exists");
});
