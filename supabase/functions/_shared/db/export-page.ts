/** A page of rows as they lie in the answer: JSON objects with commas between them. */
export interface ExportPage {
  rows: Uint8Array<ArrayBuffer>;
  /** Where the next page starts; null on the last one. */
  next: string | null;
}

const [OPENING, CLOSING] = new TextEncoder().encode("[]");

/**
 * Takes an answer of `export_rows` apart without reading its rows: `next`, which holds no bracket, is all that stands
 * behind the last one. Throws on any other answer.
 */
export function readExportPage(answer: Uint8Array<ArrayBuffer>): ExportPage {
  const end = answer.lastIndexOf(CLOSING!);
  const tail = new TextDecoder().decode(answer.subarray(end + 1));
  const [isPage, next = null] = /^\s*,\s*"next"\s*:\s*(?:"([0-9a-f]+)"|null)\s*\}\s*$/.exec(tail) ?? [];
  if (!isPage) throw new Error(`export_rows ended with ${tail.slice(0, 200)}`);
  return { rows: answer.subarray(answer.indexOf(OPENING!) + 1, end), next };
}
