import assert from "node:assert/strict";
import { createFileHasher, type FileHasher } from "../../../web/src/features/uploads/uploader/file-hasher.ts";
import { createQuickXorHash } from "../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import { eventually } from "../../support/eventually.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";

const SIZE = 5_000_003;
const digestOf = (length: number, seed: number) => {
  const hash = createQuickXorHash();
  hash.update(randomBytes(length, seed));
  return hash.digest();
};

async function use(hasher: FileHasher, test: (hasher: FileHasher) => Promise<void>) {
  await test(hasher);
  hasher.dispose();
}

Deno.test("file hasher hashes a file in its worker", () =>
  use(createFileHasher(randomFile(SIZE, 1), null), async (hasher) => {
    assert.equal(await hasher.digest(), digestOf(SIZE, 1));
  }));

Deno.test("file hasher keeps a checkpoint at every limit and never runs beyond", () =>
  use(createFileHasher(randomFile(SIZE, 2), null), async (hasher) => {
    for (const limit of [327_680, 1_000_001, 3_276_800]) {
      hasher.allow(limit);
      await eventually(`checkpoint at ${limit}`, () => hasher.checkpointAt(SIZE)?.offset === limit);
    }
    assert.equal(hasher.checkpointAt(3_276_799), null);
    assert.equal(await hasher.digest(), digestOf(SIZE, 2));
  }));

Deno.test("file hasher finds the newest checkpoint at or below an offset", () =>
  use(createFileHasher(randomFile(SIZE, 3), null), async (hasher) => {
    for (const limit of [100, 200, 300]) hasher.allow(limit);
    await hasher.digest();
    assert.equal(hasher.checkpointAt(50), null);
    assert.equal(hasher.checkpointAt(250)?.offset, 200);
    assert.equal(hasher.checkpointAt(300)?.offset, 300);
    assert.equal(hasher.checkpointAt(250), null, "older ones are forgotten");
  }));

Deno.test("file hasher goes on from a checkpoint", async () => {
  const file = randomFile(SIZE, 4);
  const first = createFileHasher(file, null);
  first.allow(1_234_567);
  const checkpoint = await eventually("checkpoint", () => first.checkpointAt(SIZE));
  first.dispose();
  assert.equal(checkpoint.offset, 1_234_567);
  await use(createFileHasher(file, checkpoint), async (second) => {
    assert.deepEqual(second.checkpointAt(1_234_567), checkpoint);
    assert.equal(await second.digest(), digestOf(SIZE, 4));
  });
});

Deno.test("file hasher from a checkpoint at the end reads nothing", async () => {
  const hash = createQuickXorHash();
  hash.update(randomBytes(SIZE, 5));
  await use(createFileHasher(randomFile(SIZE, 6), hash.checkpoint()), async (hasher) => {
    assert.equal(await hasher.digest(), digestOf(SIZE, 5));
  });
});

const noWorker = () => {
  throw new Error("No workers here.");
};

Deno.test("file hasher hashes in the page where no worker can be started", () =>
  use(createFileHasher(randomFile(SIZE, 7), null, noWorker), async (hasher) => {
    hasher.allow(327_680);
    assert.equal(await hasher.digest(), digestOf(SIZE, 7));
  }));

Deno.test("file hasher takes over in the page from a worker that fails to load", () => {
  const missing = () => new Worker(new URL("data:text/javascript,throw new Error()"), { type: "module" });
  return use(createFileHasher(randomFile(SIZE, 8), null, missing), async (hasher) => {
    assert.equal(await hasher.digest(), digestOf(SIZE, 8));
  });
});

Deno.test("file hasher reports a file that cannot be read any more", async () => {
  const hasher = createFileHasher(unreadableFile(), null, noWorker);
  await assert.rejects(hasher.digest(), { name: "NotReadableError" });
  assert.equal(hasher.failure?.name, "NotReadableError");
});

/** What a browser hands out after a picked file was changed on disk. */
function unreadableFile(): Blob {
  const gone = new DOMException("The file has changed.", "NotReadableError");
  const stream = () => new ReadableStream({ pull: (controller) => controller.error(gone) });
  return { size: 1000, slice: () => ({ stream }) } as unknown as Blob;
}
