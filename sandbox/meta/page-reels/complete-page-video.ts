import { hashBlob } from "../../kit/hash-blob.ts";
import type { Kit } from "../../kit/provider.ts";
import type { MetaState } from "../state.ts";
import { inspectPageVideo } from "./inspect-page-video.ts";
import type { PageVideo } from "./page-video.ts";

/** Hashes and inspects a video whose bytes are all there; what is wrong with it shows when processing ends. */
export async function completePageVideo(kit: Kit, state: MetaState, video: PageVideo): Promise<void> {
  const sha256 = await hashBlob(kit.blobs.path(video.blob), video.received);
  const objection = await inspectPageVideo(kit, video);
  if (state.pageVideos.videos.get(video.id) !== video) return;
  video.sha256 = sha256;
  if (objection !== null) video.failure = { ...objection, phase: "processing", at: null };
  if (kit.settings.get("meta", "process_on_finish") !== true) beginProcessing(kit, video);
  kit.touch();
}

/** Processing begins now. */
export function beginProcessing(kit: Kit, video: PageVideo): void {
  const readyAt = kit.now() + (video.processingMs ?? usualProcessingMs(kit));
  video.readyAt = readyAt;
  if (video.failure !== null) video.failure.at = readyAt;
}

/** Ends a video whose bytes cannot be had. */
export function failPageVideo(kit: Kit, video: PageVideo, message: string): void {
  video.failure = { code: 1363045, message, phase: "uploading", at: kit.now() };
  kit.touch();
}

/** One to three seconds unless the setting says otherwise; never at once. */
export function usualProcessingMs(kit: Kit): number {
  const chosen = kit.settings.get("meta", "processing_ms");
  return Math.max(1, chosen ?? 1000 + Math.floor(kit.random() * 2001));
}
