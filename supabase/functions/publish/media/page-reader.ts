/** Reads bytes [start, end) of a file. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;

const PAGE_BYTES = 64 * 1024;
const MAX_PAGES = 64;
const MAX_READS = 48;

/** A file asked for more reading than a look at it is worth. */
export class ReadLimit extends Error {
  override readonly name = "ReadLimit";
}

/**
 * Reads a file in pages that are kept, so that looking around in its index costs few requests: at most 4 MiB in 48
 * requests over its life, whatever the file asks for. Throws ReadLimit beyond that and RangeError past the end.
 */
export function createPageReader(read: ReadBytes, sizeBytes: number): ReadBytes {
  const pages = new Map<number, Uint8Array<ArrayBuffer>>();
  let reads = 0;

  /** Fetches the pages from `first` up to `last`, those in a row at once. */
  async function load(first: number, last: number): Promise<void> {
    for (let page = first; page <= last; page++) {
      if (pages.has(page)) continue;
      let end = page + 1;
      while (end <= last && !pages.has(end)) end++;
      if (reads >= MAX_READS || pages.size + end - page > MAX_PAGES) throw new ReadLimit();
      reads++;
      const start = page * PAGE_BYTES;
      const bytes = await read(start, Math.min(end * PAGE_BYTES, sizeBytes));
      for (; page < end; page++) {
        pages.set(page, bytes.subarray(page * PAGE_BYTES - start, (page + 1) * PAGE_BYTES - start));
      }
    }
  }

  return async (start, end) => {
    if (start < 0 || end > sizeBytes || start > end) throw new RangeError("Not a part of the file.");
    const result = new Uint8Array(end - start);
    if (end === start) return result;
    const first = Math.floor(start / PAGE_BYTES);
    const last = Math.floor((end - 1) / PAGE_BYTES);
    if (last - first >= MAX_PAGES) throw new ReadLimit();
    await load(first, last);
    for (let page = first; page <= last; page++) {
      const from = Math.max(start, page * PAGE_BYTES);
      const to = Math.min(end, (page + 1) * PAGE_BYTES);
      const offset = page * PAGE_BYTES;
      result.set(pages.get(page)!.subarray(from - offset, to - offset), from - start);
    }
    return result;
  };
}
