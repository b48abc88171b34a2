import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { waitUntil } from "../../../stack/processes/wait-until.ts";
import { ALICE, createOwnerBucket, listDataFiles, signToken, startStorage } from "./storage-process.ts";
import { PART_BYTES, uploadByTus } from "./tus-upload.ts";

const storage = await startStorage(26250);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
const alice = (await storage.asUser(ALICE)).storage.from("own");
const authorization = `Bearer ${await signToken(ALICE)}`;
const endpoint = `${storage.url}/storage/v1/upload/resumable`;
const large = new Uint8Array(randomBytes(2 * PART_BYTES + 100));
const tusHeaders = { authorization, "tus-resumable": "1.0.0" };

/** Starts a request whose body sends `bytes` and then says nothing more until it is cut. */
function startHangingRequest(
  url: string,
  method: string,
  bytes: Uint8Array,
  headers: Record<string, string>,
) {
  const abort = new AbortController();
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes) });
  const ended = fetch(url, { method, headers, body, signal: abort.signal }).then(
    async (response) => await response.body?.cancel(),
    () => {},
  );
  return { cut: () => abort.abort(), ended };
}

/** Waits until a file below `folder` has at least `size` bytes. */
async function waitForBytes(folder: string, size: number): Promise<void> {
  const arrived = await waitUntil(async () => {
    const files = (await listDataFiles(storage)).filter((path) =>
      path.startsWith(folder) && !path.endsWith(".json")
    );
    const stats = await Promise.all(
      files.map((path) => Deno.stat(join(storage.dataDir, path)).catch(() => null)),
    );
    return stats.some((stat) => stat !== null && stat.size >= size);
  }, { timeoutMs: 5_000 });
  assert.ok(arrived, `bytes in ${folder}`);
}

async function waitForFiles(expected: string[]): Promise<void> {
  const settled = await waitUntil(async () => {
    return JSON.stringify(await listDataFiles(storage)) === JSON.stringify(expected);
  }, { timeoutMs: 5_000 });
  assert.ok(settled, `files left: ${await listDataFiles(storage)}`);
}

async function create(name: string, length: number): Promise<string> {
  const metadata = Object.entries({ bucketName: "own", objectName: `${ALICE}/${name}` });
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      ...tusHeaders,
      "upload-length": String(length),
      "upload-metadata": metadata.map(([key, value]) => `${key} ${btoa(value)}`).join(","),
    },
  });
  await response.body?.cancel();
  return response.headers.get("location")!;
}

function sendPart(url: string, offset: number, part: Uint8Array<ArrayBuffer>) {
  return fetch(url, {
    method: "PATCH",
    headers: {
      ...tusHeaders,
      "upload-offset": String(offset),
      "content-type": "application/offset+octet-stream",
    },
    body: part,
  });
}

async function readOffset(url: string): Promise<number> {
  const response = await fetch(url, { method: "HEAD", headers: tusHeaders });
  return Number(response.headers.get("upload-offset"));
}

function versionOf(url: string): string {
  const segment = url.split("/").at(-1)!.replaceAll("-", "+").replaceAll("_", "/");
  return atob(segment).split("/").at(-1)!;
}

Deno.test("Client that goes away in the middle leaves nothing", async () => {
  const files = await listDataFiles(storage);
  const part = '--b\r\nContent-Disposition: form-data; name=""; filename="f"\r\n\r\n' + "x".repeat(3_000_000);
  const cases: [Record<string, string>, Uint8Array][] = [
    [{ authorization }, large.subarray(0, 3_000_000)],
    [{ authorization, "content-type": "multipart/form-data; boundary=b" }, new TextEncoder().encode(part)],
  ];
  for (const [headers, bytes] of cases) {
    const request = startHangingRequest(`${storage.url}/object/own/${ALICE}/cut.bin`, "POST", bytes, headers);
    await waitForBytes("receiving", 1_000_000);
    assert.equal((await alice.exists(`${ALICE}/cut.bin`)).data, false);
    request.cut();
    await request.ended;
    await waitForFiles(files);
  }
  assert.equal((await alice.exists(`${ALICE}/cut.bin`)).data, false);
});

Deno.test("Server killed in the middle of an upload leaves nothing", async () => {
  await alice.upload(`${ALICE}/kept.bin`, large.slice(0, 10));
  const files = await listDataFiles(storage);
  const url = `${storage.url}/object/own/${ALICE}/kept.bin`;
  const request = startHangingRequest(url, "PUT", large.subarray(0, 3_000_000), { authorization });
  await waitForBytes("receiving", 1_000_000);
  await storage.restart("SIGKILL");
  await request.ended;
  assert.deepEqual(await listDataFiles(storage), files);
  const bytes = await (await alice.download(`${ALICE}/kept.bin`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(bytes), large.slice(0, 10));
});

Deno.test("Resumable upload goes on after the server was killed", async () => {
  const url = await create("resumed.bin", large.length);
  await sendPart(url, 0, large.slice(0, PART_BYTES));
  const headers = {
    ...tusHeaders,
    "upload-offset": String(PART_BYTES),
    "content-type": "application/offset+octet-stream",
  };
  const request = startHangingRequest(
    url,
    "PATCH",
    large.subarray(PART_BYTES, PART_BYTES + 2_000_000),
    headers,
  );
  await waitForBytes("uploads", PART_BYTES + 1_000_000);
  await storage.restart("SIGKILL");
  await request.ended;
  assert.equal((await alice.exists(`${ALICE}/resumed.bin`)).data, false);
  const target = { endpoint, bucket: "own", name: `${ALICE}/resumed.bin`, headers: { authorization } };
  const { error } = await uploadByTus(large, target, { uploadUrl: url });
  assert.equal(error, null);
  const bytes = await (await alice.download(`${ALICE}/resumed.bin`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(bytes), large);
});

Deno.test("Cut part keeps what arrived", async () => {
  const url = await create("cut-part.bin", large.length);
  const headers = { ...tusHeaders, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const request = startHangingRequest(url, "PATCH", large.subarray(0, 3_000_000), headers);
  await waitForBytes(`uploads/${versionOf(url)}`, 2_000_000);
  request.cut();
  await request.ended;
  const offset = await readOffset(url);
  assert.equal(offset, 3_000_000);
  const target = { endpoint, bucket: "own", name: `${ALICE}/cut-part.bin`, headers: { authorization } };
  assert.equal((await uploadByTus(large, target, { uploadUrl: url })).error, null);
  const bytes = await (await alice.download(`${ALICE}/cut-part.bin`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(bytes), large);
});

Deno.test("Complete bytes that never became an object are not taken for done", async () => {
  const url = await create("unfinished.bin", PART_BYTES + 10);
  await sendPart(url, 0, large.slice(0, PART_BYTES));
  // As after a kill between the last byte and the row.
  const file = join(storage.dataDir, "uploads", versionOf(url));
  await Deno.writeFile(file, large.slice(PART_BYTES, PART_BYTES + 10), { append: true });
  await storage.restart("SIGKILL");
  assert.equal(await readOffset(url), PART_BYTES);
  assert.equal((await sendPart(url, PART_BYTES, large.slice(PART_BYTES, PART_BYTES + 10))).status, 204);
  assert.equal((await alice.info(`${ALICE}/unfinished.bin`)).data!.size, PART_BYTES + 10);
});

Deno.test("Object whose upload was not marked as finished stays whole", async () => {
  const url = await create("unmarked.bin", 1000);
  assert.equal((await sendPart(url, 0, large.slice(0, 1000))).status, 204);
  // As after a kill between the commit and the mark.
  const version = versionOf(url);
  const record = join(storage.dataDir, "uploads", `${version}.json`);
  await Deno.writeTextFile(
    record,
    (await Deno.readTextFile(record)).replace('"finished":true', '"finished":false'),
  );
  await Deno.link(
    join(storage.dataDir, "objects", version.slice(0, 2), version),
    join(storage.dataDir, "uploads", version),
  );
  assert.equal(await readOffset(url), 1000);
  const bytes = await (await alice.download(`${ALICE}/unmarked.bin`)).data!.arrayBuffer();
  assert.deepEqual(new Uint8Array(bytes), large.slice(0, 1000));
});

Deno.test("Notes of a crash are settled by what the database says", async () => {
  await alice.upload(`${ALICE}/live.bin`, large.slice(0, 500));
  const [row] = await storage.sql`select version from storage.objects where name = ${`${ALICE}/live.bin`}`;
  const files = await listDataFiles(storage);
  const lost = crypto.randomUUID();
  await Deno.mkdir(join(storage.dataDir, "objects", lost.slice(0, 2)), { recursive: true });
  await Deno.writeTextFile(
    join(storage.dataDir, "objects", lost.slice(0, 2), lost),
    "published, not committed",
  );
  for (const version of [lost, row!.version]) {
    await Deno.writeTextFile(join(storage.dataDir, "journal", version), "");
  }
  await storage.restart("SIGKILL");
  assert.deepEqual(await listDataFiles(storage), files);
  assert.equal((await alice.download(`${ALICE}/live.bin`)).data!.size, 500);
});

Deno.test("Uploads older than a day are gone", async () => {
  const url = await create("old.bin", PART_BYTES * 2);
  await sendPart(url, 0, large.slice(0, PART_BYTES));
  const record = join(storage.dataDir, "uploads", `${versionOf(url)}.json`);
  const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await Deno.writeTextFile(
    record,
    JSON.stringify({ ...JSON.parse(await Deno.readTextFile(record)), creationDate: yesterday }),
  );
  assert.equal((await sendPart(url, PART_BYTES, large.slice(0, PART_BYTES))).status, 410);
  await storage.restart("SIGTERM");
  assert.ok((await listDataFiles(storage)).every((path) => !path.includes(versionOf(url))));
});
