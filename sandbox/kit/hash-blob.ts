import { createHash } from "node:crypto";

const HASH_BUFFER_BYTES = 1024 * 1024;

/** SHA-256 of the first `size` bytes of a file, read through one buffer so that large files leave nothing to collect. */
export async function hashBlob(path: string, size: number): Promise<string> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(HASH_BUFFER_BYTES);
  using file = await Deno.open(path);
  for (let left = size; left > 0;) {
    const count = await file.read(buffer.subarray(0, Math.min(buffer.length, left)));
    if (count === null) throw new Error(`${path} is shorter than the ${size} bytes of its upload.`);
    hash.update(buffer.subarray(0, count));
    left -= count;
  }
  return hash.digest("hex");
}
