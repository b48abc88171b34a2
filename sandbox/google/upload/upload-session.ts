import type { VideoMetadata } from "../video/video.ts";

/** A resumable upload between its opening and long after its end. Sizes and offsets in bytes, times in ms since 1970. */
export interface UploadSession {
  id: string;
  account: string;
  /** What the finished video shall be. */
  metadata: VideoMetadata;
  /** Parts which the final answer carries. */
  parts: string[];
  notifySubscribers: boolean;
  mimeType: string;
  /** Known from X-Upload-Content-Length or from the first Content-Range that tells it. */
  total: number | null;
  nextOffset: number;
  blob: string;
  createdAt: number;
  expiresAt: number;
  processingMs: number | null;
  /** The final answer, which every later request of the session gets again. */
  result: Record<string, unknown> | null;
}
