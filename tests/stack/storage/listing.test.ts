import assert from "node:assert/strict";
import type { SearchV2Options } from "./storage-process.ts";
import { ALICE, BOB, createOwnerBucket, startStorage } from "./storage-process.ts";

const storage = await startStorage(26230);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
await storage.sql`insert into storage.buckets (id, name) values ('shelf', 'shelf')`;
const shelf = storage.service.storage.from("shelf");
const NAMES = [
  "b.txt",
  "Apple.txt",
  "docs/one.txt",
  "docs/Two.txt",
  "docs/deep/x.txt",
  "docs-old/y.txt",
  "zoo/z.txt",
];
for (const name of NAMES) await shelf.upload(name, name);

async function names(prefix: string, options: Parameters<typeof shelf.list>[1] = {}): Promise<string[]> {
  const { data, error } = await shelf.list(prefix, options);
  assert.equal(error, null);
  return data!.map((entry) => entry.name);
}

/** All pages of a listing, and their sizes. */
async function readPages(options: SearchV2Options) {
  const entries: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const { data, error } = await shelf.listV2({ ...options, cursor });
    assert.equal(error, null);
    entries.push(
      ...data!.folders.map((folder) => folder.name),
      ...data!.objects.map((object) => object.name),
    );
    sizes.push(data!.folders.length + data!.objects.length);
    assert.equal(data!.hasNext, data!.nextCursor !== undefined);
    cursor = data!.nextCursor;
  } while (cursor);
  return { entries, sizes };
}

Deno.test("List shows one level with relative names, folders without id", async () => {
  const { data } = await shelf.list();
  assert.deepEqual(data!.map(({ name, id }) => [name, id !== null]), [
    ["Apple.txt", true],
    ["b.txt", true],
    ["docs-old", false],
    ["docs", false],
    ["zoo", false],
  ]);
  const folder = data!.find(({ name }) => name === "zoo")!;
  assert.deepEqual([folder.created_at, folder.updated_at, folder.metadata], [null, null, null]);
  assert.equal(data![0]!.metadata?.size, 9);
  assert.deepEqual(await names("docs"), ["deep", "one.txt", "Two.txt"]);
  assert.deepEqual(await names("docs/"), ["deep", "one.txt", "Two.txt"]);
  assert.deepEqual(await names("docs/deep"), ["x.txt"]);
  assert.deepEqual(await names("nothing"), []);
});

Deno.test("List pages by limit and offset", async () => {
  assert.deepEqual(await names("", { limit: 2 }), ["Apple.txt", "b.txt"]);
  assert.deepEqual(await names("", { limit: 2, offset: 2 }), ["docs-old", "docs"]);
  assert.deepEqual(await names("", { limit: 2, offset: 4 }), ["zoo"]);
});

Deno.test("List searches by the beginning of names, in any case", async () => {
  assert.deepEqual(await names("", { search: "doc" }), ["docs-old", "docs"]);
  assert.deepEqual(await names("", { search: "APPLE" }), ["Apple.txt"]);
  assert.deepEqual(await names("docs", { search: "t" }), ["Two.txt"]);
  assert.deepEqual(await names("", { search: "%" }), []);
});

Deno.test("List sorts by name and by time, folders first by time", async () => {
  const byName = await names("", { sortBy: { column: "name", order: "desc" } });
  assert.deepEqual(byName, ["zoo", "docs", "docs-old", "b.txt", "Apple.txt"]);
  const byTime = await names("", { sortBy: { column: "created_at", order: "asc" } });
  assert.deepEqual(byTime, ["docs-old", "docs", "zoo", "b.txt", "Apple.txt"]);
  const newest = await names("", { sortBy: { column: "created_at", order: "desc" } });
  assert.deepEqual(newest.slice(3), ["Apple.txt", "b.txt"]);
});

Deno.test("List shows a caller only its own objects", async () => {
  const alice = (await storage.asUser(ALICE)).storage.from("own");
  const bob = (await storage.asUser(BOB)).storage.from("own");
  await alice.upload(`${ALICE}/a.txt`, "a");
  assert.deepEqual((await alice.list()).data!.map(({ name }) => name), [ALICE]);
  assert.deepEqual((await bob.list()).data, []);
  assert.deepEqual((await bob.list(ALICE)).data, []);
  assert.deepEqual((await bob.listV2({})).data!.objects, []);
  assert.deepEqual((await storage.anonymous.storage.from("own").list(ALICE)).data, []);
});

Deno.test("Listing with wrong options is refused in words", async () => {
  const cases: [string, RegExp][] = [
    ["{}", /^body must have required property 'prefix'$/],
    ['{"prefix":"","limit":0}', /^body\/limit/],
    ['{"prefix":"","sortBy":{"column":"owner"}}', /^body\/sortBy\/column/],
    ["{", /not valid JSON/],
  ];
  for (const [body, sentence] of cases) {
    const response = await fetch(`${storage.url}/storage/v1/object/list/shelf`, { method: "POST", body });
    assert.equal(response.status, 400);
    assert.match((await response.json()).message, sentence);
  }
});

Deno.test("List v2 pages through all keys in order", async () => {
  const sorted = NAMES.toSorted();
  assert.deepEqual(await readPages({ limit: 3 }), { entries: sorted, sizes: [3, 3, 1] });
  const descending = await readPages({ limit: 2, sortBy: { column: "name", order: "desc" } });
  assert.deepEqual(descending.entries, sorted.toReversed());
  const byTime = await readPages({ limit: 2, sortBy: { column: "created_at", order: "asc" } });
  assert.deepEqual(byTime.entries, NAMES);
  assert.deepEqual((await readPages({ prefix: "docs" })).entries.length, 4);
});

Deno.test("List v2 with delimiter groups folders and counts them", async () => {
  const { data } = await shelf.listV2({ with_delimiter: true });
  assert.deepEqual(data!.folders.map(({ name }) => name), ["docs-old/", "docs/", "zoo/"]);
  assert.deepEqual(data!.objects.map(({ name }) => name), ["Apple.txt", "b.txt"]);
  assert.equal(data!.objects[0]!.metadata?.mimetype, "text/plain;charset=UTF-8");
  assert.deepEqual((await readPages({ with_delimiter: true, limit: 2 })).sizes, [2, 2, 1]);
  const docs = (await shelf.listV2({ with_delimiter: true, prefix: "docs/" })).data!;
  assert.deepEqual(docs.folders.map(({ name }) => name), ["docs/deep/"]);
  assert.deepEqual(docs.objects.map(({ name }) => name), ["docs/Two.txt", "docs/one.txt"]);
});

Deno.test("Counts beyond 32 bits and U+0000 are refused, not failed on", async () => {
  for (const options of [{ limit: 99_999_999_999 }, { offset: 99_999_999_999 }, { search: "a\u0000" }]) {
    const { error } = await shelf.list("", options);
    assert.equal((error as { status?: number } | null)?.status, 400);
  }
  const { error } = await shelf.remove(["a\u0000.txt"]);
  assert.equal((error as { status?: number } | null)?.status, 400);
});
