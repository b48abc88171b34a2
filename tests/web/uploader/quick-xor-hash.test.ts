import assert from "node:assert/strict";
import {
  createQuickXorHash,
  isHashCheckpoint,
} from "../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import { naiveQuickXor } from "./support/naive-quick-xor.ts";
import { randomBytes } from "./support/random-bytes.ts";

const encoder = new TextEncoder();
const counting = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);

const VECTORS: [name: string, bytes: Uint8Array, digest: string][] = [
  ["an empty file", new Uint8Array(0), "AAAAAAAAAAAAAAAAAAAAAAAAAAA="],
  ["one letter", encoder.encode("a"), "YQAAAAAAAAAAAAAAAQAAAAAAAAA="],
  ["a short text", encoder.encode("hello world"), "aCgDG9jwBhDc4Q1yawMZAAAAAAA="],
  ["320 KiB", counting(327_680), "dVxjLVlWbbPTEZb19aiSkx+BLpI="],
  ["1 MiB", counting(1_048_576), "pVcWCkWK/HTa4DMyE2B1A1Y9XyM="],
];

for (const [name, bytes, digest] of VECTORS) {
  Deno.test(`quickXorHash of ${name} is the published one`, () => {
    const hash = createQuickXorHash();
    hash.update(bytes);
    assert.equal(hash.digest(), digest);
    assert.equal(naiveQuickXor(bytes), digest);
  });
}

Deno.test("quickXorHash agrees with a bit-by-bit one however the bytes are cut", () => {
  const random = createRandom(7);
  for (let round = 0; round < 300; round++) {
    const whole = randomBytes(Math.floor(random() * 2000), round);
    const expected = naiveQuickXor(whole);
    let hash = createQuickXorHash();
    for (let at = 0; at < whole.length;) {
      const length = 1 + Math.floor(random() * 700);
      const misaligned = new Uint8Array(whole.length + 8).subarray(round % 7);
      misaligned.set(whole.subarray(at, at + length));
      hash.update(misaligned.subarray(0, Math.min(length, whole.length - at)));
      at += length;
      if (random() < 0.2) hash = createQuickXorHash(hash.checkpoint());
    }
    assert.equal(hash.digest(), expected, `round ${round}, ${whole.length} bytes`);
  }
});

Deno.test("quickXorHash counts lengths beyond 4 GiB", () => {
  const far = 5 * 1024 ** 3;
  const hash = createQuickXorHash({ offset: far, state: btoa("\0".repeat(20)) });
  const length = new DataView(Uint8Array.from(atob(hash.digest()), (c) => c.charCodeAt(0)).buffer, 12);
  assert.equal(length.getBigUint64(0, true), BigInt(far));
});

Deno.test("quickXorHash refuses a damaged checkpoint", () => {
  for (const state of ["", "AAAA", "*".repeat(28), btoa("\0".repeat(21))]) {
    assert.equal(isHashCheckpoint({ offset: 0, state }), false);
    assert.throws(() => createQuickXorHash({ offset: 0, state }), RangeError);
  }
  assert.equal(isHashCheckpoint({ offset: -1, state: createQuickXorHash().checkpoint().state }), false);
});

Deno.test("quickXorHash runs above 1 GB/s", () => {
  const bytes = randomBytes(2 * 1024 * 1024, 1);
  const hash = createQuickXorHash();
  let best = 0;
  for (let round = 0; round < 20; round++) {
    const start = performance.now();
    for (let i = 0; i < 16; i++) hash.update(bytes);
    best = Math.max(best, 16 * bytes.length / (performance.now() - start) / 1e6);
  }
  assert.ok(best > 1, `${best.toFixed(2)} GB/s`);
});

function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
