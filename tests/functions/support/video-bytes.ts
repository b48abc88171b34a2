const BOX_HEADER_BYTES = 8;

/**
 * A playable mp4 of exactly `size` bytes: the fixture reel, which YouTube and Instagram take, or upright, which every
 * platform takes, and one `free` box (ISO/IEC 14496-12, 8.1.2), which players skip. That begins with `mark`, so that
 * every mark makes another file.
 */
export async function createVideoBytes(
  size: number,
  mark: string,
  fixture: "reel" | "upright" = "reel",
): Promise<Uint8Array<ArrayBuffer>> {
  const reel = await Deno.readFile(new URL(`../../support/fixtures/${fixture}.mp4`, import.meta.url));
  const text = new TextEncoder().encode(mark);
  const bytes = new Uint8Array(size);
  bytes.set(reel);
  new DataView(bytes.buffer).setUint32(reel.length, size - reel.length);
  bytes.set(new TextEncoder().encode("free"), reel.length + 4);
  bytes.set(text, reel.length + BOX_HEADER_BYTES);
  return bytes;
}
