import type { UploadPlan } from "../../../_shared/providers/tiktok/publish-client.ts";

/** Up to here a file is one chunk, whichever of its two megabytes TikTok means. */
const MAX_SINGLE_BYTES = 64_000_000;
/** About the size of the chunks of a larger file: above TikTok's least (5 MiB), and little to send at the very time. */
const CHUNK_BYTES = 10_000_000;

export interface Chunks extends UploadPlan {
  /** Where the last chunk begins. */
  lastStart: number;
}

/**
 * How a file of `totalBytes` is cut, the same for the same file. The last chunk takes what is left over, which even
 * chunks keep below their count in bytes (rule: Content Posting API, Media Transfer Guide).
 */
export function planChunks(totalBytes: number): Chunks {
  if (totalBytes <= MAX_SINGLE_BYTES) return { totalBytes, chunkBytes: totalBytes, count: 1, lastStart: 0 };
  const count = Math.floor(totalBytes / CHUNK_BYTES);
  const chunkBytes = Math.floor(totalBytes / count);
  return { totalBytes, chunkBytes, count, lastStart: (count - 1) * chunkBytes };
}

/**
 * Where the next chunk begins when TikTok says that it stored `bytes`: chunks are stored whole, and it may name the
 * last byte instead of the count. `totalBytes` when everything is there.
 */
export function nextStart({ totalBytes, chunkBytes, lastStart }: Chunks, bytes: number): number {
  if (bytes + 1 >= totalBytes) return totalBytes;
  return Math.min(Math.floor((bytes + 1) / chunkBytes) * chunkBytes, lastStart);
}
