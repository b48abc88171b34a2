import type { ReadBytes } from "./page-reader.ts";

/** Samples that runs may tell of together: a few of such runs are looked at, each of some seconds. */
const MAX_SAMPLES = 100_000;
/** Type, version with flags, and count of a run. */
const RUN_HEADER_BYTES = 12;
const RUN = toNumber("trun");
/** Tables of an index; a few bytes of them may claim billions of samples. */
const TABLES = new Set(["stts", "ctts", "stsc", "stsz", "stz2", "stco", "co64"].map(toNumber));
const FREE = toNumber("free");
const FIRST_LETTERS = new TextEncoder().encode("sct");

/**
 * The same file, in which sample tables, and runs of samples beyond 100,000 together, are boxes of type `free` (rule:
 * ISO/IEC 14496-12): a parser makes an object for every sample that a file claims to have, and a run of a fragment
 * may claim four billion in twelve bytes. What tables tell of length and rate is read by `readMovieIndex`.
 */
export function limitSamples(read: ReadBytes, sizeBytes: number): ReadBytes {
  const isRunAllowed = new Map<number, boolean>();
  let left = MAX_SAMPLES;

  function allowRun(position: number, claimed: number): boolean {
    const known = isRunAllowed.get(position);
    if (known !== undefined) return known;
    const isAllowed = claimed <= left;
    if (isAllowed) left -= claimed;
    isRunAllowed.set(position, isAllowed);
    return isAllowed;
  }

  return async (start, end) => {
    const margin = RUN_HEADER_BYTES - 1;
    const from = Math.max(0, start - margin);
    const bytes = await read(from, Math.min(sizeBytes, end + margin));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const letter of FIRST_LETTERS) {
      for (
        let at = bytes.indexOf(letter);
        at >= 0 && at + 4 <= bytes.length;
        at = bytes.indexOf(letter, at + 1)
      ) {
        const type = view.getUint32(at);
        const isTooMuch = type === RUN &&
          at + RUN_HEADER_BYTES <= bytes.length &&
          !allowRun(from + at, view.getUint32(at + 8));
        if (isTooMuch || TABLES.has(type)) view.setUint32(at, FREE);
      }
    }
    return bytes.subarray(start - from, end - from);
  };
}

/** A box's type as it stands in a file. */
function toNumber(type: string): number {
  return new DataView(new TextEncoder().encode(type).buffer).getUint32(0);
}
