import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { ALICE, BOB, createOwnerBucket, listDataFiles, signToken, startStorage } from "./storage-process.ts";
import { PART_BYTES, uploadByTus } from "./tus-upload.ts";
import type { TusTarget } from "./tus-upload.ts";

const storage = await startStorage(26240, { STORAGE_FILE_SIZE_LIMIT: "60MB" });
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
const alice = (await storage.asUser(ALICE)).storage.from("own");
const authorization = `Bearer ${await signToken(ALICE)}`;
const endpoint = `${storage.url}/storage/v1/upload/resumable`;
const large = new Uint8Array(randomBytes(2 * PART_BYTES + 12_345));

function target(name: string, headers: Record<string, string> = { authorization }): TusTarget {
  return { endpoint, bucket: "own", name: `${ALICE}/${name}`, headers };
}

function request(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: Uint8Array<ArrayBuffer>,
) {
  return fetch(url, { method, headers: { "tus-resumable": "1.0.0", ...headers }, body });
}

/** Begins an upload by hand. @returns its URL */
async function create(name: string, length: number, headers: Record<string, string> = {}): Promise<string> {
  const metadata = Object.entries({ bucketName: "own", objectName: `${ALICE}/${name}` });
  const response = await request(endpoint, "POST", {
    authorization,
    "upload-length": String(length),
    "upload-metadata": metadata.map(([key, value]) => `${key} ${btoa(value)}`).join(","),
    ...headers,
  });
  assert.equal(response.status, 201, await response.text());
  return response.headers.get("location")!;
}

function sendPart(
  url: string,
  offset: number,
  part: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  return request(url, "PATCH", {
    authorization,
    "upload-offset": String(offset),
    "content-type": "application/offset+octet-stream",
    ...headers,
  }, part);
}

async function readOffset(url: string): Promise<number> {
  const response = await request(url, "HEAD", {});
  assert.equal(response.status, 200);
  return Number(response.headers.get("upload-offset"));
}

Deno.test("Upload in parts becomes an object with its metadata", async () => {
  const files = await listDataFiles(storage);
  const { error, url } = await uploadByTus(large, target("film.mp4"), {
    metadata: { metadata: JSON.stringify({ take: 3 }) },
  });
  assert.equal(error, null);
  assert.ok(url!.startsWith(`${endpoint}/`));
  const info = (await alice.info(`${ALICE}/film.mp4`)).data!;
  assert.partialDeepStrictEqual(info, {
    size: large.length,
    contentType: "video/mp4",
    cacheControl: "max-age=120",
  });
  assert.deepEqual(info.metadata, { take: 3 });
  const copy = await (await alice.download(`${ALICE}/film.mp4`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(copy), large);
  const [row] = await storage.sql`select owner_id from storage.objects where name = ${`${ALICE}/film.mp4`}`;
  assert.equal(row!.owner_id, ALICE);
  assert.equal(
    (await listDataFiles(storage)).length,
    files.length + 2,
    "the object and the record of the upload",
  );
  assert.equal(await readOffset(url!), large.length, "a lost answer can be asked for again");
});

Deno.test("Object does not exist before its last part", async () => {
  const url = await create("half.bin", PART_BYTES + 10);
  const first = await sendPart(url, 0, large.slice(0, PART_BYTES));
  assert.equal(first.status, 204);
  assert.ok(Date.parse(first.headers.get("upload-expires")!) > Date.now() + 23 * 3_600_000);
  assert.equal((await alice.exists(`${ALICE}/half.bin`)).data, false);
  assert.equal((await sendPart(url, PART_BYTES, large.slice(0, 10))).status, 204);
  assert.equal((await alice.info(`${ALICE}/half.bin`)).data!.size, PART_BYTES + 10);
});

Deno.test("Empty file is an object at once", async () => {
  assert.equal((await uploadByTus(new Uint8Array(), target("empty.bin"))).error, null);
  assert.equal((await alice.info(`${ALICE}/empty.bin`)).data!.size, 0);
});

Deno.test("Parts of a wrong size are refused and change nothing", async () => {
  const url = await create("sizes.bin", 3 * PART_BYTES);
  for (const size of [1000, PART_BYTES - 1, PART_BYTES + 1]) {
    const response = await sendPart(url, 0, new Uint8Array(size));
    assert.equal(response.status, 400, String(size));
    assert.match(await response.text(), /6291456 bytes/);
    assert.equal(await readOffset(url), 0);
  }
  const whole = await uploadByTus(large, target("infinite.bin"), { chunkSize: Infinity });
  assert.equal(whole.error?.status, 400);
});

Deno.test("Parts of unknown length are counted", async () => {
  const url = await create("counted.bin", PART_BYTES + 1);
  const send = (size: number) =>
    fetch(url, {
      method: "PATCH",
      headers: {
        authorization,
        "tus-resumable": "1.0.0",
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      },
      body: new Blob([new Uint8Array(size)]).stream(),
    });
  assert.equal((await send(5_000)).status, 400);
  assert.equal(await readOffset(url), 0);
  assert.equal((await send(PART_BYTES)).status, 204);
  assert.equal(await readOffset(url), PART_BYTES);
});

Deno.test("Wrong offset answers 409 and the true one can be asked for", async () => {
  const url = await create("offset.bin", 2 * PART_BYTES);
  await sendPart(url, 0, large.slice(0, PART_BYTES));
  assert.equal((await sendPart(url, 0, large.slice(0, PART_BYTES))).status, 409);
  assert.equal(await readOffset(url), PART_BYTES);
});

Deno.test("Policies are asked at creation and at every part", async () => {
  const stranger = { authorization: `Bearer ${await signToken(BOB)}` };
  const foreign = await uploadByTus(large, target("foreign.bin", stranger));
  assert.equal(foreign.error?.status, 403);
  assert.match(foreign.error!.message, /row-level security/);
  const keyless = await uploadByTus(large, target("foreign.bin", {}));
  assert.equal(keyless.error?.status, 403);
  const url = await create("mine.bin", 100);
  for (const headers of [stranger, { authorization: "" }]) {
    assert.equal((await sendPart(url, 0, large.slice(0, 100), headers)).status, 403);
    assert.equal((await request(url, "DELETE", headers)).status, 403);
  }
  const expired = await sendPart(url, 0, large.slice(0, 100), {
    authorization: `Bearer ${await signToken(ALICE, -5)}`,
  });
  assert.equal((await expired.json()).statusCode, "403");
  assert.equal(await readOffset(url), 0);
});

Deno.test("Existing key is refused at the start, or at the end of a race", async () => {
  const first = await create("race.bin", 10);
  const second = await create("race.bin", 10);
  assert.equal((await sendPart(first, 0, large.slice(0, 10))).status, 204);
  assert.equal((await sendPart(second, 0, large.slice(10, 20))).status, 409);
  const late = await uploadByTus(large.slice(0, 10), target("race.bin"));
  assert.deepEqual(late.error, { status: 409, message: "The resource already exists" });
  const upserted = await uploadByTus(
    large.slice(20, 30),
    target("race.bin", { authorization, "x-upsert": "true" }),
  );
  assert.equal(upserted.error, null);
  const bytes = await (await alice.download(`${ALICE}/race.bin`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(bytes), large.slice(20, 30));
});

Deno.test("Limits, types, names and buckets are checked at creation", async () => {
  await storage.sql`
    insert into storage.buckets (id, name, file_size_limit, allowed_mime_types)
    values ('strict', 'strict', 100, '{image/*}')`;
  const headers = { authorization: "Bearer sb_secret_test" };
  const attempt = (bucket: string, name: string, size: number, contentType: string) =>
    uploadByTus(new Uint8Array(size), { endpoint, bucket, name, headers }, { metadata: { contentType } });
  assert.equal((await attempt("strict", "a.png", 100, "image/png")).error, null);
  assert.equal((await attempt("strict", "b.png", 101, "image/png")).error?.status, 413);
  assert.equal((await attempt("strict", "c.mp4", 10, "video/mp4")).error?.status, 415);
  assert.equal((await attempt("strict", "ü.png", 10, "image/png")).error?.status, 400);
  assert.equal((await attempt("nowhere", "a.png", 10, "image/png")).error?.status, 404);
  assert.equal((await attempt("own", "a.bin", 60_000_001, "image/png")).error?.status, 413);
});

Deno.test("Upload can be given up until it is finished", async () => {
  const files = await listDataFiles(storage);
  const url = await create("given-up.bin", PART_BYTES * 2);
  await sendPart(url, 0, large.slice(0, PART_BYTES));
  assert.equal((await request(url, "DELETE", { authorization })).status, 204);
  assert.equal((await request(url, "HEAD", {})).status, 404);
  assert.deepEqual(await listDataFiles(storage), files);
});

Deno.test("Upload URL of another key is not found", async () => {
  const url = await create("honest.bin", 10);
  const id = atob(url.split("/").at(-1)!.replaceAll("-", "+").replaceAll("_", "/"));
  const forged = btoa(id.replace("honest", "forged")).replaceAll("=", "");
  for (const segment of [forged, "nonsense", btoa("a/b/c")]) {
    assert.equal((await request(`${endpoint}/${segment}`, "HEAD", {})).status, 404);
    assert.equal((await sendPart(`${endpoint}/${segment}`, 0, large.slice(0, 10))).status, 404);
  }
});

Deno.test("Signed upload token uploads without a session", async () => {
  const name = `${ALICE}/delegated.mp4`;
  const { data } = await alice.createSignedUploadUrl(name);
  const signed = {
    endpoint: `${endpoint}/sign`,
    bucket: "own",
    name,
    headers: { "x-signature": data!.token },
  };
  const stored = await uploadByTus(large, signed);
  assert.equal(stored.error, null);
  assert.ok(stored.url!.startsWith(`${endpoint}/sign/`));
  assert.equal((await alice.info(name)).data!.size, large.length);
  const [row] = await storage.sql`select owner_id from storage.objects where name = ${name}`;
  assert.equal(row!.owner_id, ALICE);
  const elsewhere = await uploadByTus(large, { ...signed, name: `${ALICE}/other.mp4` });
  assert.equal(elsewhere.error?.status, 400);
  const missing = await uploadByTus(large, { ...signed, headers: {} });
  assert.match(missing.error!.message, /Missing x-signature header/);
});

Deno.test("Deferred length is declared with the last part", async () => {
  const url = await create("deferred.bin", 0, { "upload-length": "", "upload-defer-length": "1" }).catch(() =>
    null
  );
  assert.equal(url, null, "an empty length is malformed");
  const { error } = await uploadByTus(large, target("deferred.bin"), { uploadLengthDeferred: true });
  assert.equal(error, null);
  assert.equal((await alice.info(`${ALICE}/deferred.bin`)).data!.size, large.length);
});

Deno.test("Protocol options are announced", async () => {
  const response = await fetch(endpoint, { method: "OPTIONS" });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("tus-version"), "1.0.0");
  assert.match(response.headers.get("tus-extension")!, /creation.*termination.*expiration/);
  assert.equal(response.headers.get("tus-max-size"), "60000000");
});
