import assert from "node:assert/strict";
import { ALICE, BOB, createOwnerBucket, listDataFiles, signToken, startStorage } from "./storage-process.ts";

const storage = await startStorage(26210, { STORAGE_FILE_SIZE_LIMIT: "8MB" });
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
const alice = (await storage.asUser(ALICE)).storage.from("own");
const bob = (await storage.asUser(BOB)).storage.from("own");

/** A request as other programs than supabase-js make it. */
async function send(path: string, init: RequestInit, sub: string | null = ALICE) {
  const headers = new Headers(init.headers);
  if (sub) headers.set("authorization", `Bearer ${await signToken(sub)}`);
  const response = await fetch(`${storage.url}/storage/v1${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
}

Deno.test("Form upload keeps bytes, type, cache time and metadata", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const name = `${ALICE}/form.bin`;
  const { data, error } = await alice.upload(name, new Blob([bytes], { type: "image/webp" }), {
    cacheControl: "77",
    metadata: { scene: "kitchen", title: "Küche" },
  });
  assert.equal(error, null);
  assert.equal(data?.fullPath, `own/${name}`);
  const info = (await alice.info(name)).data!;
  assert.equal(info.size, 60_000);
  assert.equal(info.contentType, "image/webp");
  assert.equal(info.cacheControl, "max-age=77");
  assert.deepEqual(info.metadata, { scene: "kitchen", title: "Küche" });
  const copy = await (await alice.download(name)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(copy), bytes);
});

Deno.test("Raw upload keeps bytes, type, cache time and metadata", async () => {
  const name = `${ALICE}/raw.txt`;
  const { error } = await alice.upload(name, "plain words", {
    contentType: "text/csv",
    metadata: { rows: 1 },
  });
  assert.equal(error, null);
  const info = (await alice.info(name)).data!;
  assert.equal(info.contentType, "text/csv");
  assert.equal(info.cacheControl, "max-age=3600");
  assert.deepEqual(info.metadata, { rows: 1 });
  assert.equal(await (await alice.download(name)).data!.text(), "plain words");
});

Deno.test("Streamed body of unknown length is stored", async () => {
  const stream = new Blob(["one ", "two"]).stream();
  const { error } = await alice.upload(`${ALICE}/stream.txt`, stream, { contentType: "text/plain" });
  assert.equal(error, null);
  assert.equal(await (await alice.download(`${ALICE}/stream.txt`)).data!.text(), "one two");
});

Deno.test("Owner of an upload is the subject of the token", async () => {
  await alice.upload(`${ALICE}/owned.txt`, "x");
  const [row] = await storage
    .sql`select owner, owner_id from storage.objects where name = ${`${ALICE}/owned.txt`}`;
  assert.deepEqual({ ...row }, { owner: ALICE, owner_id: ALICE });
});

Deno.test("Upload into a foreign folder is refused and leaves nothing", async () => {
  const before = await listDataFiles(storage);
  const { error } = await bob.upload(`${ALICE}/intruder.bin`, new Blob([new Uint8Array(3_000_000)]));
  assert.partialDeepStrictEqual(error?.toJSON(), {
    status: 400,
    statusCode: "403",
    code: "AccessDenied",
    message: "new row violates row-level security policy",
  });
  assert.deepEqual(await listDataFiles(storage), before);
  const { body } = await send("/object/own/keyless.txt", { method: "POST", body: "x" }, null);
  assert.equal(body.statusCode, "403");
  assert.equal(body.error, "Unauthorized");
});

Deno.test("Existing key is refused without upsert and replaced with it", async () => {
  const name = `${ALICE}/twice.txt`;
  await alice.upload(name, "first");
  const again = await alice.upload(name, "second");
  assert.partialDeepStrictEqual(again.error?.toJSON(), {
    statusCode: "409",
    code: "KeyAlreadyExists",
    message: "The resource already exists",
  });
  assert.equal(await (await alice.download(name)).data!.text(), "first");
  const files = await listDataFiles(storage);
  assert.equal((await alice.upload(name, "third", { upsert: true })).error, null);
  assert.equal(await (await alice.download(name)).data!.text(), "third");
  assert.equal((await listDataFiles(storage)).length, files.length, "the replaced bytes are gone");
});

Deno.test("Update replaces an object of the caller only", async () => {
  const name = `${ALICE}/update.txt`;
  const { data: first } = await alice.upload(name, "old");
  const { data: second } = await alice.update(name, "new");
  assert.equal(second?.id, first?.id);
  assert.equal(await (await alice.download(name)).data!.text(), "new");
  assert.equal(
    (await bob.update(name, "stolen")).error?.message,
    "new row violates row-level security policy",
  );
  assert.equal(await (await alice.download(name)).data!.text(), "new");
});

Deno.test("Uploads to one key at once leave one object and no stray bytes", async () => {
  const name = `${ALICE}/race.txt`;
  const files = await listDataFiles(storage);
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, n) => alice.upload(name, `writer ${n}`, { upsert: true })),
  );
  assert.deepEqual(results.map((result) => result.error), results.map(() => null));
  assert.match(await (await alice.download(name)).data!.text(), /^writer \d$/);
  assert.equal((await listDataFiles(storage)).length, files.length + 1);
});

Deno.test("Global and bucket limits refuse larger files", async () => {
  await storage.sql`insert into storage.buckets (id, name, file_size_limit) values ('small', 'small', 1000)`;
  const small = storage.service.storage.from("small");
  assert.equal((await small.upload("fits.bin", new Blob([new Uint8Array(1000)]))).error, null);
  for (
    const body of [
      new Blob([new Uint8Array(1001)]),
      new Uint8Array(1001),
      new Blob([new Uint8Array(1001)]).stream(),
    ]
  ) {
    const { error } = await small.upload("large.bin", body, { upsert: true });
    assert.partialDeepStrictEqual(error?.toJSON(), {
      statusCode: "413",
      message: "The object exceeded the maximum allowed size",
    });
  }
  const { error } = await alice.upload(`${ALICE}/global.bin`, new Blob([new Uint8Array(8_000_001)]));
  assert.equal((error as { statusCode?: string } | null)?.statusCode, "413");
  assert.equal((await small.list()).data?.length, 1);
});

Deno.test("Bucket takes only its MIME types, exact or by wildcard", async () => {
  await storage.sql`
    insert into storage.buckets (id, name, allowed_mime_types) values ('typed', 'typed', '{image/*,text/plain}')`;
  const typed = storage.service.storage.from("typed");
  assert.equal((await typed.upload("a.png", "x", { contentType: "image/png" })).error, null);
  assert.equal((await typed.upload("a.txt", "x", { contentType: "text/plain" })).error, null);
  for (const contentType of ["video/mp4", "text/html", "text/plain;charset=UTF-8", "nonsense"]) {
    const { error } = await typed.upload("b", "x", { contentType });
    assert.partialDeepStrictEqual(error?.toJSON(), {
      statusCode: "415",
      message: `mime type ${contentType} is not supported`,
    });
  }
});

Deno.test("Policies see the declared type and length", async () => {
  await storage.sql.unsafe(`
    insert into storage.buckets (id, name) values ('declared', 'declared');
    create policy "small images" on storage.objects for insert to authenticated with check (
      bucket_id = 'declared' and metadata ->> 'mimetype' = 'image/png' and
      coalesce((metadata ->> 'contentLength')::int, 0) < 100)`);
  const declared = (await storage.asUser(ALICE)).storage.from("declared");
  assert.equal(
    (await declared.upload("ok.png", new Uint8Array(99), { contentType: "image/png" })).error,
    null,
  );
  for (const [size, contentType] of [[99, "image/gif"], [100, "image/png"]] as const) {
    const { error } = await declared.upload("no.png", new Uint8Array(size), { contentType });
    assert.equal((error as { statusCode?: string } | null)?.statusCode, "403");
  }
});

Deno.test("Keys outside of the allowed characters are refused", async () => {
  for (const key of ["ümlaut.txt", "hash%23.txt", "per%25cent", "a".repeat(1025), "new%0Aline"]) {
    const { status, body } = await send(`/object/own/${key}`, { method: "POST", body: "x" });
    assert.equal(status, 400, key);
    assert.equal(body.code, "InvalidKey", key);
  }
  const odd = `${ALICE}/a !-_.*'()&$@=;:+,b.txt`;
  assert.equal((await alice.upload(odd, "odd")).error, null);
  assert.equal(await (await alice.download(odd)).data!.text(), "odd");
});

Deno.test("Unknown bucket and broken forms are refused with a sentence", async () => {
  const missing = await (await storage.asUser(ALICE)).storage.from("nowhere").upload("a.txt", "x");
  assert.partialDeepStrictEqual(missing.error?.toJSON(), { statusCode: "404", message: "Bucket not found" });
  const type = "multipart/form-data; boundary=b";
  const part = '--b\r\nContent-Disposition: form-data; name=""; filename="f"\r\n\r\nbytes';
  const cases: [string, string, RegExp][] = [
    ["multipart/form-data", part, /Boundary not found/],
    [type, "", /Unexpected end of form/],
    [type, part, /Unexpected end of form/],
    [type, '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--b--\r\n', /No content provided/],
  ];
  for (const [contentType, body, sentence] of cases) {
    const answer = await send(`/object/own/${ALICE}/broken`, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
    });
    assert.equal(answer.status, 400);
    assert.match(answer.body.message, sentence);
  }
  assert.equal((await alice.list(ALICE, { search: "broken" })).data?.length, 0);
});

Deno.test("Forged, expired and malformed tokens are refused", async () => {
  const tokens = [
    await signToken(ALICE, -60),
    await signToken(ALICE, 60, "another secret of thirty-two characters!"),
    "sb_secret_guess",
    "x.y.z",
  ];
  for (const token of tokens) {
    const response = await fetch(`${storage.url}/storage/v1/object/list/own`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: '{"prefix":""}',
    });
    assert.equal(response.status, 400);
    assert.partialDeepStrictEqual(await response.json(), { statusCode: "403", error: "Unauthorized" });
  }
});

Deno.test("Refusal reaches a client that sends everything before it reads", async () => {
  const part = '--b\r\nContent-Disposition: form-data; name=""; filename="f"\r\n\r\n';
  const cases: [string, string, number, RegExp][] = [
    ["video/mp4", "", 20_000_000, /exceeded the maximum/],
    ["multipart/form-data; boundary=b", part, 7_000_000, /row-level security/],
  ];
  for (const [type, start, size, sentence] of cases) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: 26210 });
    const head = `POST /object/own/keyless.bin HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n` +
      `Content-Length: ${size}\r\n\r\n`;
    const bytes = new Uint8Array(head.length + size);
    new TextEncoder().encodeInto(head + start, bytes);
    for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
    const answer = new Uint8Array(4096);
    const read = await connection.read(answer);
    connection.close();
    const text = new TextDecoder().decode(answer.subarray(0, read ?? 0));
    assert.match(text, /^HTTP\/1.1 400 /);
    assert.match(text, sentence);
  }
});
