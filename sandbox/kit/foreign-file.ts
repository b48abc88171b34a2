/** First bytes of files that are surely no videos. */
const FOREIGN_SIGNATURES: readonly string[] = [
  "\x89PNG",
  "\xff\xd8\xff",
  "GIF8",
  "%PDF",
  "PK\x03\x04",
  "<",
  "{",
];
const SIGNATURE_BYTES = 4;

/** Whether the first bytes of a file say that it is surely no video. */
export async function isForeignFile(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const head = new Uint8Array(SIGNATURE_BYTES);
  const count = await file.read(head) ?? 0;
  const text = String.fromCharCode(...head.subarray(0, count));
  return FOREIGN_SIGNATURES.some((signature) => text.startsWith(signature));
}
