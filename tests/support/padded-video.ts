const FREE_BOX_HEADER_BYTES = 8;

/**
 * Writes a playable mp4 of exactly `size` bytes: a small fixture (`clip`, or `reel` that fits everywhere) followed by one `free` box
 * (ISO/IEC 14496-12, 8.1.2), which players skip. The padding differs per `seed`, so hashes differ too.
 *
 * @param path where to write; an existing file is replaced
 * @param size bytes, at least the clip's own length plus the box header, at most 4 GiB of padding
 */
export async function writePaddedVideo(
  path: string,
  size: number,
  seed = 1,
  fixture: "clip" | "reel" = "clip",
): Promise<void> {
  const clip = await Deno.readFile(new URL(`./fixtures/${fixture}.mp4`, import.meta.url));
  const boxBytes = size - clip.length;
  if (boxBytes < FREE_BOX_HEADER_BYTES || boxBytes > 0xffff_ffff) {
    throw new RangeError(`A padded video of ${size} bytes cannot be made from a clip of ${clip.length}.`);
  }
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  await writer.write(clip);
  const header = new Uint8Array(FREE_BOX_HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, boxBytes);
  header.set(new TextEncoder().encode("free"), 4);
  await writer.write(header);
  await writePadding(writer, boxBytes - FREE_BOX_HEADER_BYTES, seed);
  await writer.close();
}

async function writePadding(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  length: number,
  seed: number,
): Promise<void> {
  const block = new Uint32Array(256 * 1024);
  let state = seed >>> 0 || 1;
  for (let left = length; left > 0;) {
    for (let i = 0; i < block.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      block[i] = state;
    }
    const bytes = new Uint8Array(block.buffer, 0, Math.min(left, block.byteLength));
    await writer.write(bytes.slice());
    left -= bytes.length;
  }
}
