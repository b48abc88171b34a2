import { streamBlob } from "./blob-stream.ts";
import { readByteRange } from "./byte-range.ts";
import type { Kit } from "./provider.ts";

/** The stored bytes of a video. */
export interface VideoBytes {
  blob: string;
  /** Bytes. */
  size: number;
  mimeType: string;
}

/** Answers with the bytes of a video, by Range; a type nobody knows plays as mp4. */
export function sendVideo(kit: Kit, video: VideoBytes, rangeHeader: string | null): Response {
  const range = readByteRange(rangeHeader, video.size);
  if (range.kind === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${video.size}` } });
  }
  const [start, end] = range.kind === "part" ? [range.start, range.end] : [0, video.size - 1];
  const headers = new Headers({
    "content-type": video.mimeType === "application/octet-stream" ? "video/mp4" : video.mimeType,
    "content-length": String(end - start + 1),
    "accept-ranges": "bytes",
  });
  if (range.kind === "part") headers.set("content-range", `bytes ${start}-${end}/${video.size}`);
  const body = video.size === 0 ? null : streamBlob(kit.blobs.path(video.blob), start, end);
  return new Response(body, { status: range.kind === "part" ? 206 : 200, headers });
}
