import type { MovieIndex } from "./movie-index.ts";
import type { ReadBytes } from "./page-reader.ts";

/** Tables of a film of many hours; a file that claims more is not looked at. */
const MAX_INDEX_BYTES = 48 * 1024 * 1024;
const FREE = new TextEncoder().encode("free");

/**
 * The same file, in which the large tables of the index are empty boxes of type `free`: a parser that loads the whole
 * index then costs what its small boxes cost. Positions stay what they are.
 */
export function withoutBulk(read: ReadBytes, { bulk }: MovieIndex): ReadBytes {
  const holes = bulk.map(({ start, body, end }) => ({ type: start + 4, start: body, end }));

  return async (start, end) => {
    const result = new Uint8Array(end - start > MAX_INDEX_BYTES ? 0 : end - start);
    if (result.length < end - start) throw new RangeError("The index is too large.");
    let at = start;
    for (const hole of holes) {
      if (hole.end <= at || hole.start >= end) continue;
      if (hole.start > at) result.set(await read(at, hole.start), at - start);
      at = Math.min(hole.end, end);
    }
    if (at < end) result.set(await read(at, end), at - start);
    for (const { type } of holes) {
      FREE.forEach((byte, index) => {
        if (type + index >= start && type + index < end) result[type + index - start] = byte;
      });
    }
    return result;
  };
}
