import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fingerprintFile } from "../../../web/src/features/uploads/uploader/fingerprint.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";

const MIB = 1024 * 1024;

/** The definition again, in other words. */
function expectedFingerprint(bytes: Uint8Array): string {
  const middle = Math.max(0, Math.floor((bytes.length - MIB) / 2));
  return createHash("sha256")
    .update(String(bytes.length))
    .update(bytes.subarray(0, MIB))
    .update(bytes.subarray(middle, middle + MIB))
    .update(bytes.subarray(Math.max(0, bytes.length - MIB)))
    .digest("hex");
}

for (const size of [1, 1000, MIB - 1, MIB, MIB + 1, 2 * MIB + 1, 3 * MIB, 7 * MIB + 12_345]) {
  Deno.test(`fingerprint of ${size} bytes covers size, head, middle and tail`, async () => {
    assert.equal(await fingerprintFile(randomFile(size, size)), expectedFingerprint(randomBytes(size, size)));
  });
}

Deno.test("fingerprint of a known file never changes", async () => {
  const file = new Blob([Uint8Array.from({ length: 5000 }, (_, i) => i % 251)]);
  assert.equal(
    await fingerprintFile(file),
    "8da4c4ede13e1ea79230258dbaf8f2ba05bdc19ab68889d463416c303cfc957b",
  );
});

Deno.test("fingerprint tells files apart by one byte at head, middle and tail", async () => {
  const size = 9 * MIB;
  const prints = new Set([await fingerprintFile(new Blob([randomBytes(size, 1)]))]);
  for (const at of [0, MIB - 1, 4 * MIB, 5 * MIB - 1, 8 * MIB, size - 1]) {
    const bytes = randomBytes(size, 1);
    bytes[at]! ^= 1;
    prints.add(await fingerprintFile(new Blob([bytes])));
  }
  assert.equal(prints.size, 7);
});
