/** A chunk as its request announces it. Offsets in bytes, `end` exclusive. */
export interface ChunkRange {
  start: number;
  end: number;
  total: number;
}

/** Reads a Content-Range of a chunk; null for any other form. */
export function readChunkRange(header: string | null): ChunkRange | null {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header ?? "");
  if (match === null) return null;
  const [start, end, total] = [Number(match[1]), Number(match[2]) + 1, Number(match[3])];
  return end > start && end <= total ? { start, end, total } : null;
}
