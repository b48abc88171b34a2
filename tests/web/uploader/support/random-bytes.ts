/** A box of type `ftyp`, 16 bytes long, of brand `isom`. */
const FIRST_BOX = [0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d, 0, 0, 2, 0];

/** `length` bytes that are always the same for the same seed: they begin like an MP4 and look random from there on. */
export function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  const bytes = new Uint8Array(words.buffer, 0, length);
  if (length >= FIRST_BOX.length) bytes.set(FIRST_BOX);
  return bytes;
}

/** A picked file with such bytes. */
export function randomFile(length: number, seed: number, name = "clip.mp4"): File {
  return new File([randomBytes(length, seed)], name, { type: "video/mp4" });
}
