import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { ALICE, BOB, createOwnerBucket, signToken, startStorage } from "./storage-process.ts";

const storage = await startStorage(26220);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
await storage.sql`insert into storage.buckets (id, name, public) values ('open', 'open', true)`;
const alice = await storage.asUser(ALICE);
const bob = await storage.asUser(BOB);
const bytes = new Uint8Array(randomBytes(1_000_000));
const path = `${ALICE}/clip.bin`;
await alice.storage.from("own").upload(path, new Blob([bytes], { type: "video/mp4" }), {
  cacheControl: "60",
});
await storage.service.storage.from("open").upload("page.html", "<p>", { contentType: "text/html" });
const authorization = `Bearer ${await signToken(ALICE)}`;

function get(url: string, headers: Record<string, string> = { authorization }, method = "GET") {
  return fetch(`${storage.url}/storage/v1${url}`, { method, headers });
}

Deno.test("Download sends the headers of hosted Storage", async () => {
  const response = await get(`/object/own/${path}`, { authorization, "accept-encoding": "gzip" });
  assert.equal(response.status, 200);
  assert.partialDeepStrictEqual(Object.fromEntries(response.headers), {
    "accept-ranges": "bytes",
    "content-type": "video/mp4",
    "content-length": "1000000",
    "cache-control": "max-age=60",
    "x-robots-tag": "none",
  });
  assert.match(response.headers.get("etag")!, /^"[0-9a-f]{32}"$/);
  assert.ok(Date.parse(response.headers.get("last-modified")!) > 0);
  assert.deepEqual(await response.bytes(), bytes);
});

Deno.test("Path without the prefix is served too", async () => {
  const response = await fetch(`${storage.url}/object/authenticated/own/${path}`, {
    headers: { authorization },
  });
  assert.equal(response.status, 200);
  await response.body?.cancel();
});

Deno.test("Ranges answer 206 with exactly those bytes", async () => {
  const cases: [string, number, number][] = [
    ["bytes=0-0", 0, 1],
    ["bytes=10-19", 10, 20],
    ["bytes=999990-", 999_990, 1_000_000],
    ["bytes=-5", 999_995, 1_000_000],
    ["bytes=300000-9999999", 300_000, 1_000_000],
  ];
  for (const [range, start, end] of cases) {
    const response = await get(`/object/own/${path}`, { authorization, range });
    assert.equal(response.status, 206, range);
    assert.equal(response.headers.get("content-range"), `bytes ${start}-${end - 1}/1000000`);
    assert.equal(response.headers.get("content-length"), String(end - start));
    assert.deepEqual(await response.bytes(), bytes.subarray(start, end));
  }
});

Deno.test("Ranges that make no sense are ignored, those outside answer 416", async () => {
  for (const range of ["bytes=5-1", "bytes=1-2,4-5", "lines=1-2", "bytes=-"]) {
    const response = await get(`/object/own/${path}`, { authorization, range });
    assert.equal(response.status, 200, range);
    await response.body?.cancel();
  }
  for (const range of ["bytes=1000000-", "bytes=-0"]) {
    const response = await get(`/object/own/${path}`, { authorization, range });
    assert.equal(response.status, 416, range);
    assert.equal(response.headers.get("content-range"), "bytes */1000000");
    assert.equal((await response.json()).code, "InvalidRange");
  }
});

Deno.test("Conditional requests answer 304, If-Range protects from mixed versions", async () => {
  const first = await get(`/object/own/${path}`, { authorization }, "HEAD");
  const etag = first.headers.get("etag")!;
  const lastModified = first.headers.get("last-modified")!;
  const conditions: Record<string, string>[] = [{ "if-none-match": etag }, {
    "if-none-match": `"other", W/${etag}`,
  }, {
    "if-modified-since": lastModified,
  }];
  for (const condition of conditions) {
    const response = await get(`/object/own/${path}`, { authorization, ...condition });
    assert.equal(response.status, 304);
    assert.equal(response.headers.get("etag"), etag);
  }
  const stale = await get(`/object/own/${path}`, { authorization, range: "bytes=0-1", "if-range": '"old"' });
  assert.equal(stale.status, 200);
  await stale.body?.cancel();
  const current = await get(`/object/own/${path}`, { authorization, range: "bytes=0-1", "if-range": etag });
  assert.equal(current.status, 206);
  await current.body?.cancel();
});

Deno.test("HEAD answers headers without bytes", async () => {
  const response = await get(`/object/own/${path}`, { authorization }, "HEAD");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-length"), "1000000");
  assert.equal((await response.bytes()).length, 0);
  assert.equal((await get(`/object/own/${ALICE}/none`, { authorization }, "HEAD")).status, 400);
});

Deno.test("Exists and info tell a missing object from a present one", async () => {
  const own = alice.storage.from("own");
  assert.equal((await own.exists(path)).data, true);
  assert.equal((await own.exists(`${ALICE}/none`)).data, false);
  assert.equal((await bob.storage.from("own").exists(path)).data, false);
  assert.partialDeepStrictEqual((await own.info(path)).data, {
    name: path,
    bucketId: "own",
    size: 1_000_000,
    contentType: "video/mp4",
    cacheControl: "max-age=60",
    contentEncoding: null,
  });
  const { error } = await own.info(`${ALICE}/none`);
  assert.partialDeepStrictEqual(error?.toJSON(), {
    statusCode: "404",
    code: "NoSuchKey",
    message: "Object not found",
  });
});

Deno.test("Private objects stay hidden from strangers and without credentials", async () => {
  const { error } = await bob.storage.from("own").download(path);
  assert.ok(error);
  const cases: [Record<string, string>, string][] = [
    [{}, "not_found"],
    [{ apikey: "sb_publishable_test" }, "not_found"],
    [{ authorization: `Bearer ${await signToken(BOB)}` }, "not_found"],
    [{ authorization: `Bearer ${await signToken(ALICE, -60)}` }, "Bucket not found"],
    [{ authorization: "Bearer nonsense" }, "Bucket not found"],
  ];
  for (const [headers, code] of cases) {
    const response = await get(`/object/own/${path}`, headers);
    assert.equal(response.status, 400);
    assert.partialDeepStrictEqual(await response.json(), { statusCode: "404", error: code });
  }
  for (
    const url of [`/object/public/own/${path}`, `/object/info/public/own/${path}`, "/object/public/none/x"]
  ) {
    assert.partialDeepStrictEqual(await (await get(url, {})).json(), { error: "Bucket not found" });
  }
  const strict = await get(`/object/authenticated/own/${path}`, { authorization: "Bearer nonsense" });
  assert.equal((await strict.json()).statusCode, "403");
});

Deno.test("Public objects need no credentials and HTML is served as text", async () => {
  const { publicUrl } = storage.anonymous.storage.from("open").getPublicUrl("page.html").data;
  const response = await fetch(publicUrl);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/plain");
  assert.equal(await response.text(), "<p>");
  for (const url of ["/object/open/page.html", "/object/info/public/open/page.html"]) {
    const answer = await get(url, { authorization: "Bearer nonsense" });
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
  }
});

Deno.test("Download names make an attachment", async () => {
  const { publicUrl } =
    storage.anonymous.storage.from("open").getPublicUrl("page.html", { download: "Füße.html" }).data;
  const named = await fetch(publicUrl);
  assert.equal(
    named.headers.get("content-disposition"),
    "attachment; filename=F%C3%BC%C3%9Fe.html; filename*=UTF-8''F%C3%BC%C3%9Fe.html;",
  );
  await named.body?.cancel();
  const plain = await get("/object/public/open/page.html?download", {});
  assert.equal(plain.headers.get("content-disposition"), "attachment;");
  await plain.body?.cancel();
});

Deno.test("Stored encoding is announced and the bytes stay as they are", async () => {
  const zipped = await new Response(new Blob(["words"]).stream().pipeThrough(new CompressionStream("gzip")))
    .bytes();
  await storage.service.storage.from("open").upload("words.txt", zipped, {
    contentType: "text/plain",
    contentEncoding: "gzip",
  });
  const response = await get("/object/public/open/words.txt", {});
  assert.equal(await response.text(), "words", "fetch undoes the announced encoding");
  assert.equal((await storage.service.storage.from("open").info("words.txt")).data?.contentEncoding, "gzip");
});

Deno.test("Unknown routes and image transformations are refused in words", async () => {
  const route = await get("/nothing/here");
  assert.equal(route.status, 404);
  assert.equal((await route.json()).message, "Route GET:/nothing/here not found");
  const render = await get("/render/image/public/open/page.html?width=10");
  assert.equal((await render.json()).code, "FeatureNotEnabled");
});

Deno.test("Rows made by SQL cannot reach other files", async () => {
  await Deno.writeTextFile(`${storage.dataDir}/beside.txt`, "not an object");
  for (const version of ["../storage/beside.txt", "not-a-version", null]) {
    await storage.sql`
      insert into storage.objects (bucket_id, name, version) values ('open', 'made.txt', ${version})`;
    const response = await get("/object/public/open/made.txt", {});
    assert.partialDeepStrictEqual(await response.json(), {
      statusCode: "404",
      message: "The resource was not found",
    });
    const { data } = await storage.service.storage.from("open").remove(["made.txt"]);
    assert.equal(data?.length, 1);
  }
  assert.equal(await Deno.readTextFile(`${storage.dataDir}/beside.txt`), "not an object");
});
