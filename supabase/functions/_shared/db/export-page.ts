type Bytes = Uint8Array<ArrayBuffer>;

/** The rows of a page, JSON objects with commas between them, in pieces; returns where the next page starts. */
export type ExportPage = AsyncGenerator<Bytes, string | null>;

const [OPENING, CLOSING] = new TextEncoder().encode("[]");
const NOTHING = new Uint8Array();

/**
 * Passes the rows of an answer of `export_rows` on as they come, without reading them: `next`, which holds no bracket,
 * is all that stands behind the last one. Throws at the end of any other answer.
 */
export async function* readExportPage(answer: ReadableStream<Bytes>): ExportPage {
  let hasBegun = false;
  let held: Bytes = NOTHING;
  for await (const piece of answer) {
    let bytes = held.length > 0 ? concatenate(held, piece) : piece;
    if (!hasBegun) {
      const start = bytes.indexOf(OPENING!);
      hasBegun = start >= 0;
      bytes = bytes.subarray(start + 1);
    }
    // The last bracket so far may be the end of the rows.
    const end = hasBegun ? bytes.lastIndexOf(CLOSING!) : 0;
    const sure = end >= 0 ? bytes.subarray(0, end) : bytes;
    held = end >= 0 ? bytes.subarray(end) : NOTHING;
    if (sure.length > 0) yield sure;
  }
  const tail = new TextDecoder().decode(held);
  const [isPage, next = null] = /^\]\s*,\s*"next"\s*:\s*(?:"([0-9a-f]+)"|null)\s*\}\s*$/.exec(tail) ?? [];
  if (!hasBegun || !isPage) throw new Error(`export_rows ended with ${tail.slice(0, 200)}`);
  return next;
}

function concatenate(first: Bytes, second: Bytes): Bytes {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
