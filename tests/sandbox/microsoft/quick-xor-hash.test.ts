import assert from "node:assert/strict";
import { QuickXorHash } from "../../../sandbox/microsoft/quick-xor-hash.ts";
import { makeBytes } from "../support/microsoft-account.ts";

function hashOf(data: Uint8Array): string {
  const hash = new QuickXorHash();
  hash.update(data);
  return hash.digest();
}

/** The definition, bit by bit: byte i is XORed in at bit 11*i of a ring of 160 bits. */
function hashNaively(data: Uint8Array): string {
  const ring = new Array<number>(160).fill(0);
  data.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) ring[(i * 11 + bit) % 160]! ^= (byte >> bit) & 1;
  });
  for (let bit = 0; bit < 64; bit++) ring[96 + bit]! ^= Number((BigInt(data.length) >> BigInt(bit)) & 1n);
  const bytes = new Uint8Array(20);
  ring.forEach((value, bit) => bytes[bit >> 3]! |= value << (bit & 7));
  return bytes.toBase64();
}

Deno.test("quickXorHash equals the published vectors", () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const ramp = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);
  assert.equal(hashOf(text("")), "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  assert.equal(hashOf(text("a")), "YQAAAAAAAAAAAAAAAQAAAAAAAAA=");
  assert.equal(hashOf(text("hello world")), "aCgDG9jwBhDc4Q1yawMZAAAAAAA=");
  assert.equal(hashOf(ramp(327_680)), "dVxjLVlWbbPTEZb19aiSkx+BLpI=");
  assert.equal(hashOf(ramp(1_048_576)), "pVcWCkWK/HTa4DMyE2B1A1Y9XyM=");
});

Deno.test("quickXorHash equals the plain definition for any length", () => {
  for (const length of [1, 2, 3, 4, 5, 19, 20, 21, 159, 160, 161, 163, 319, 320, 1000, 7777]) {
    const data = makeBytes(length, length);
    assert.equal(hashOf(data), hashNaively(data), `length ${length}`);
  }
});

Deno.test("quickXorHash does not depend on how the bytes are cut or aligned", () => {
  const data = makeBytes(100_003);
  const expected = hashNaively(data);
  for (const step of [1, 2, 3, 7, 64, 159, 161, 4099, 65_537]) {
    const hash = new QuickXorHash();
    for (let at = 0; at < data.length; at += step) hash.update(data.subarray(at, at + step));
    assert.equal(hash.digest(), expected, `step ${step}`);
  }
});

Deno.test("quickXorHash goes on from a saved state", () => {
  const data = makeBytes(50_000);
  const first = new QuickXorHash();
  first.update(data.subarray(0, 12_345));
  const second = QuickXorHash.restore(JSON.parse(JSON.stringify(first.save())));
  second.update(data.subarray(12_345));
  assert.equal(second.digest(), hashOf(data));
});

Deno.test("quickXorHash takes 10 MiB in under 30 ms", () => {
  const data = makeBytes(10 * 1024 * 1024);
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    hashOf(data);
    return performance.now() - startedAt;
  });
  assert.ok(Math.min(...times) < 30, `best of five: ${Math.min(...times).toFixed(1)} ms`);
});
