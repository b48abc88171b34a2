import { invalidParams } from "../tiktok-failure.ts";

const MIN_CHUNK = 5_000_000;
const MAX_CHUNK = 64 * 1024 * 1024;
const MAX_LAST_CHUNK = 128 * 1024 * 1024;
const MAX_CHUNKS = 1000;
const MAX_BYTES = 4 * 1024 ** 3;

/** How an upload announces its bytes. */
export interface ChunkPlan {
  size: number;
  chunkSize: number;
  chunkCount: number;
}

/**
 * Judges an announced plan (rule: Content Posting API, Media Transfer Guide). Throws 400 invalid_params, always with
 * the same few words, as TikTok does.
 */
export function checkChunkPlan({ size, chunkSize, chunkCount }: ChunkPlan): void {
  if (size < 1 || size > MAX_BYTES) throw invalidParams("The video size is invalid");
  if (chunkCount < 1 || chunkCount > MAX_CHUNKS) throw invalidParams("The total chunk count is invalid");
  const isWhole = chunkCount === 1;
  if (isWhole && chunkSize !== size) throw invalidParams("The chunk size is invalid");
  if (isWhole && size > MAX_CHUNK) throw invalidParams("The chunk size is invalid");
  if (isWhole) return;
  if (chunkSize < MIN_CHUNK || chunkSize > MAX_CHUNK) throw invalidParams("The chunk size is invalid");
  // The last chunk takes the rest, so the count is rounded down.
  if (Math.floor(size / chunkSize) !== chunkCount) throw invalidParams("The total chunk count is invalid");
  if (size - (chunkCount - 1) * chunkSize > MAX_LAST_CHUNK) throw invalidParams("The chunk size is invalid");
}

/** Where the chunk that begins at `start` ends, exclusive; null when none begins there. */
export function endOfChunk({ size, chunkSize, chunkCount }: ChunkPlan, start: number): number | null {
  const index = start / chunkSize;
  if (!Number.isInteger(index) || index >= chunkCount) return null;
  return index === chunkCount - 1 ? size : start + chunkSize;
}
