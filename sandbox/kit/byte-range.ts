/** Bytes `start` to `end` (inclusive) of a file, or why the whole or nothing is sent. */
export type ByteRange = { kind: "whole" } | { kind: "part"; start: number; end: number } | {
  kind: "unsatisfiable";
};

/** Reads a Range header against a size in bytes; several ranges or other units mean the whole file (RFC 9110). */
export function readByteRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return { kind: "whole" };
  if (match[1] === "") {
    const count = Math.min(size, Number(match[2]));
    return count === 0 ? { kind: "unsatisfiable" } : { kind: "part", start: size - count, end: size - 1 };
  }
  const start = Number(match[1]);
  if (match[2] !== "" && Number(match[2]) < start) return { kind: "whole" };
  if (start >= size) return { kind: "unsatisfiable" };
  const end = match[2] === "" ? size - 1 : Math.min(size - 1, Number(match[2]));
  return { kind: "part", start, end };
}
