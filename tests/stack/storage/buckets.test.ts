import assert from "node:assert/strict";
import { ALICE, createOwnerBucket, listDataFiles, startStorage } from "./storage-process.ts";

const storage = await startStorage(26236, { STORAGE_FILE_SIZE_LIMIT: "10MB" });
Deno.test.afterAll(() => storage.stop());
const { service } = storage;

function statusOf(error: unknown): string | undefined {
  return (error as { statusCode?: string } | null)?.statusCode;
}

Deno.test("Bucket is made, read, changed and deleted with the secret key", async () => {
  const made = await service.storage.createBucket("films", {
    public: false,
    fileSizeLimit: "5MB",
    allowedMimeTypes: ["video/*"],
  });
  assert.deepEqual(made.data, { name: "films" });
  assert.partialDeepStrictEqual((await service.storage.getBucket("films")).data, {
    id: "films",
    name: "films",
    public: false,
    type: "STANDARD",
    file_size_limit: 5_000_000,
    allowed_mime_types: ["video/*"],
  });
  const changed = await service.storage.updateBucket("films", { public: true, fileSizeLimit: null });
  assert.deepEqual(changed.data, { message: "Successfully updated" });
  assert.partialDeepStrictEqual((await service.storage.getBucket("films")).data, {
    public: true,
    file_size_limit: null,
    allowed_mime_types: ["video/*"],
  });
  assert.deepEqual((await service.storage.deleteBucket("films")).data, { message: "Successfully deleted" });
  assert.equal(statusOf((await service.storage.getBucket("films")).error), "404");
});

Deno.test("Buckets are listed in order, by pages and by search", async () => {
  for (const id of ["cc", "aa", "bb"]) await service.storage.createBucket(id);
  const list = async (options?: Parameters<typeof service.storage.listBuckets>[0]) =>
    (await service.storage.listBuckets(options)).data!.map((bucket) => bucket.id);
  assert.deepEqual((await list()).sort(), ["aa", "bb", "cc"]);
  assert.deepEqual(await list({ sortColumn: "id", sortOrder: "desc" }), ["cc", "bb", "aa"]);
  assert.deepEqual(await list({ sortColumn: "id", limit: 1, offset: 1 }), ["bb"]);
  assert.deepEqual(await list({ search: "A" }), ["aa"]);
  assert.deepEqual(await list({ search: "%" }), []);
});

Deno.test("Wrong, existing and too large buckets are refused", async () => {
  await service.storage.createBucket("taken");
  const again = await service.storage.createBucket("taken");
  assert.partialDeepStrictEqual(again.error?.toJSON(), { statusCode: "409", code: "BucketAlreadyExists" });
  for (const id of ["with/slash", "ümlaut", "a".repeat(101), " space"]) {
    assert.equal((await service.storage.createBucket(id)).error?.message, "Bucket name invalid", id);
  }
  const large = await service.storage.createBucket("large", { public: false, fileSizeLimit: "11MB" });
  assert.equal(statusOf(large.error), "413");
  const typed = await service.storage.createBucket("typed", { public: false, allowedMimeTypes: ["video"] });
  assert.equal(statusOf(typed.error), "415");
});

Deno.test("Without a policy users see and change no bucket", async () => {
  await service.storage.createBucket("hidden", { public: true });
  for (const client of [await storage.asUser(ALICE), storage.anonymous]) {
    assert.deepEqual((await client.storage.listBuckets()).data, []);
    assert.equal(statusOf((await client.storage.getBucket("hidden")).error), "404");
    assert.equal(statusOf((await client.storage.createBucket("mine")).error), "403");
    assert.equal(statusOf((await client.storage.updateBucket("hidden", { public: false })).error), "404");
    assert.equal(statusOf((await client.storage.deleteBucket("hidden")).error), "404");
    assert.equal(statusOf((await client.storage.emptyBucket("hidden")).error), "404");
  }
  assert.equal((await service.storage.getBucket("hidden")).data?.public, true);
});

Deno.test("Full bucket is not deleted, an emptied one is", async () => {
  await createOwnerBucket(storage, "full");
  const files = await listDataFiles(storage);
  const full = service.storage.from("full");
  for (const name of ["a.txt", "dir/b.txt"]) await full.upload(name, name);
  const refused = await service.storage.deleteBucket("full");
  assert.partialDeepStrictEqual(refused.error?.toJSON(), {
    statusCode: "409",
    message: "The bucket you tried to delete is not empty",
  });
  assert.match((await service.storage.emptyBucket("full")).data!.message, /^Empty bucket has been queued/);
  assert.deepEqual((await full.list()).data, []);
  assert.deepEqual(await listDataFiles(storage), files);
  assert.equal((await service.storage.deleteBucket("full")).error, null);
});

Deno.test("Cache purge is for the secret key", async () => {
  assert.deepEqual((await service.storage.from("aa").purgeCache("x")).data, { message: "success" });
  assert.equal(statusOf((await storage.anonymous.storage.from("aa").purgeCache("x")).error), "403");
});
