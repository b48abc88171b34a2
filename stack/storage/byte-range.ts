import { refusals } from "./storage-error.ts";

/** Part of a file; both ends are included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header (RFC 9110, 14.1). Several ranges, other units and malformed headers are ignored, as the
 * RFC allows: the whole file is sent.
 * @returns null for the whole file
 * @throws StorageError InvalidRange when the range lies outside of the file
 */
export function parseByteRange(header: string | null, size: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match) return null;
  const [, first, last] = match as unknown as [string, string, string];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    if (length === 0) throw refusals.invalidRange();
    return { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  if (start >= size) throw refusals.invalidRange();
  return { start, end };
}
