import assert from "node:assert/strict";
import { ALICE, BOB, createOwnerBucket, listDataFiles, startStorage } from "./storage-process.ts";

const storage = await startStorage(26232);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
await createOwnerBucket(storage, "second");
const aliceClient = await storage.asUser(ALICE);
const alice = aliceClient.storage.from("own");
const bob = (await storage.asUser(BOB)).storage.from("own");
const at = (name: string) => `${ALICE}/${name}`;

function statusOf(error: unknown): string | undefined {
  return (error as { statusCode?: string } | null)?.statusCode;
}

Deno.test("Move renames and the old key is gone", async () => {
  const { data: uploaded } = await alice.upload(at("from.txt"), "cargo", { metadata: { n: 1 } });
  assert.deepEqual((await alice.move(at("from.txt"), at("dir/to.txt"))).data, {
    message: "Successfully moved",
  });
  assert.equal(await (await alice.download(at("dir/to.txt"))).data!.text(), "cargo");
  assert.equal((await alice.exists(at("from.txt"))).data, false);
  const info = (await alice.info(at("dir/to.txt"))).data!;
  assert.equal(info.id, uploaded!.id);
  assert.deepEqual(info.metadata, { n: 1 });
});

Deno.test("Move to another bucket keeps the bytes", async () => {
  await alice.upload(at("away.txt"), "away");
  const { error } = await alice.move(at("away.txt"), at("away.txt"), { destinationBucket: "second" });
  assert.equal(error, null);
  const moved = await aliceClient.storage.from("second").download(at("away.txt"));
  assert.equal(await moved.data!.text(), "away");
});

Deno.test("Move is refused onto an existing key, a foreign folder, and for strangers", async () => {
  await alice.upload(at("m1.txt"), "1");
  await alice.upload(at("m2.txt"), "2");
  assert.equal(statusOf((await alice.move(at("m1.txt"), at("m2.txt"))).error), "409");
  assert.equal(statusOf((await alice.move(at("m1.txt"), `${BOB}/m1.txt`)).error), "403");
  assert.equal(statusOf((await alice.move(at("none.txt"), at("m3.txt"))).error), "404");
  assert.equal(statusOf((await bob.move(at("m1.txt"), `${BOB}/m1.txt`)).error), "404");
  assert.equal(statusOf((await alice.move(at("m1.txt"), at("ümlaut"))).error), "400");
  assert.equal(await (await alice.download(at("m1.txt"))).data!.text(), "1");
});

Deno.test("Copy makes an independent object with the same metadata", async () => {
  await alice.upload(at("c.txt"), "copied", { contentType: "text/csv", metadata: { k: "v" } });
  const { data } = await alice.copy(at("c.txt"), at("c2.txt"), { destinationBucket: "second" });
  assert.equal(data?.path, `second/${at("c2.txt")}`);
  await alice.remove([at("c.txt")]);
  const second = aliceClient.storage.from("second");
  assert.equal(await (await second.download(at("c2.txt"))).data!.text(), "copied");
  const info = (await second.info(at("c2.txt"))).data!;
  assert.equal(info.contentType, "text/csv");
  assert.deepEqual(info.metadata, { k: "v" });
});

Deno.test("Copy without metadata takes the given overrides", async () => {
  await alice.upload(at("o.txt"), "o", { contentType: "text/csv", metadata: { k: "v" } });
  await alice.copy(at("o.txt"), at("o2.txt"), {
    copyMetadata: false,
    metadata: { cacheControl: "max-age=5" },
  });
  const info = (await alice.info(at("o2.txt"))).data!;
  assert.equal(info.cacheControl, "max-age=5");
  assert.equal(info.contentType, "text/csv");
  assert.equal(info.metadata, null);
});

Deno.test("Copy is refused onto an existing key, a foreign folder, and for strangers", async () => {
  const files = await listDataFiles(storage);
  await alice.upload(at("x1.txt"), "1");
  assert.equal(statusOf((await alice.copy(at("x1.txt"), at("x1.txt"))).error), "409");
  assert.equal(statusOf((await alice.copy(at("x1.txt"), `${BOB}/x.txt`)).error), "403");
  assert.equal(statusOf((await bob.copy(at("x1.txt"), `${BOB}/x.txt`)).error), "404");
  assert.equal(statusOf((await alice.copy(at("none.txt"), at("x2.txt"))).error), "404");
  assert.equal(
    statusOf((await alice.copy(at("x1.txt"), at("x2.txt"), { destinationBucket: "no" })).error),
    "404",
  );
  assert.equal((await listDataFiles(storage)).length, files.length + 1);
});

Deno.test("Remove answers what was deleted and deletes the bytes", async () => {
  const files = await listDataFiles(storage);
  await alice.upload(at("r1.txt"), "1");
  await alice.upload(at("r2.txt"), "2");
  const { data } = await alice.remove([at("r1.txt"), at("r2.txt"), at("unknown.txt")]);
  assert.deepEqual(data!.map(({ name }) => name).sort(), [at("r1.txt"), at("r2.txt")]);
  assert.equal(data![0]!.bucket_id, "own");
  assert.deepEqual(await listDataFiles(storage), files);
});

Deno.test("Remove skips what the caller may not delete", async () => {
  await alice.upload(at("kept.txt"), "kept");
  assert.deepEqual((await bob.remove([at("kept.txt")])).data, []);
  assert.deepEqual((await storage.anonymous.storage.from("own").remove([at("kept.txt")])).data, []);
  assert.equal(await (await alice.download(at("kept.txt"))).data!.text(), "kept");
  assert.ok((await alice.remove([])).error);
});

Deno.test("Delete of one key answers a message or not found", async () => {
  await alice.upload(at("single.txt"), "1");
  const request = async (name: string) => {
    const response = await fetch(`${storage.url}/storage/v1/object/own/${at(name)}`, {
      method: "DELETE",
      headers: { apikey: "sb_secret_test" },
    });
    return await response.json();
  };
  assert.deepEqual(await request("single.txt"), { message: "Successfully deleted" });
  assert.equal((await request("single.txt")).code, "NoSuchKey");
});

Deno.test("Download that began before a replacement ends with the old bytes", async () => {
  const old = new Uint8Array(4_000_000).fill(1);
  await alice.upload(at("live.bin"), old);
  const response = await fetch((await alice.createSignedUrl(at("live.bin"), 60)).data!.signedUrl);
  const reader = response.body!.getReader();
  let length = (await reader.read()).value!.length;
  await alice.upload(at("live.bin"), new Uint8Array(10), { upsert: true });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    assert.ok(part.value.every((byte) => byte === 1));
    length += part.value.length;
  }
  assert.equal(length, old.length);
});

Deno.test("Reader of an object that is replaced all the time gets one of its versions", async () => {
  await alice.upload(at("busy.txt"), "version 0");
  let writing = true;
  const writer = (async () => {
    for (let n = 1; n <= 40; n++) await alice.upload(at("busy.txt"), `version ${n}`, { upsert: true });
    writing = false;
  })();
  const readers = Array.from({ length: 4 }, async () => {
    while (writing) {
      const { data, error } = await alice.download(at("busy.txt"));
      assert.equal(error, null);
      assert.match(await data!.text(), /^version \d+$/);
    }
  });
  await Promise.all([writer, ...readers]);
});
