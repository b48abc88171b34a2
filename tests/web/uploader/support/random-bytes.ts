/** `length` bytes that look random and are always the same for the same seed. */
export function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** A picked file with such bytes. */
export function randomFile(length: number, seed: number, name = "clip.mp4"): File {
  return new File([randomBytes(length, seed)], name, { type: "video/mp4" });
}
