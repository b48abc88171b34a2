const MIB = 1024 * 1024;
/** YouTube wants multiples of 256 KiB, the same size every time, the last one free. */
const UNIT_BYTES = 256 * 1024;
const MIN_BYTES = 4 * MIB;
/** In one request as much as its time limit allows on a slow line; memory does not count, the bytes pass through. */
export const MAX_CHUNK_BYTES = 16 * MIB;
/** A last chunk of this size takes no time worth mentioning. */
const SMALL_BYTES = MIB;

export interface Chunks {
  bytes: number;
  /** Where the last chunk begins. It is sent at the very time of the post, so it is as small as sizes allow. */
  lastStart: number;
}

/** How a file of `total` bytes is cut. The same for the same file, so that every worker agrees. */
export function cutIntoChunks(total: number): Chunks {
  let best: Chunks = { bytes: MAX_CHUNK_BYTES, lastStart: 0 };
  for (let bytes = MAX_CHUNK_BYTES; bytes >= MIN_BYTES; bytes -= UNIT_BYTES) {
    const lastStart = Math.max(0, Math.ceil(total / bytes) - 1) * bytes;
    if (lastStart > best.lastStart) best = { bytes, lastStart };
    // Larger chunks are fewer requests.
    if (best.lastStart > 0 && total - best.lastStart <= SMALL_BYTES) break;
  }
  return best;
}
