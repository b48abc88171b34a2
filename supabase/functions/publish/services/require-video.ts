import { AppError } from "../../_shared/core/app-error.ts";
import type { VideoRow } from "../../_shared/db/product-videos.ts";
import type { Caller } from "./connections/deps.ts";
import type { PublishDeps } from "./deps.ts";

/** Refuses a video that is not the caller's, and unless it is for a draft one whose file cannot be read. */
export async function requireVideo(
  deps: Pick<PublishDeps, "videos">,
  caller: Caller,
  videoId: string,
  isDraft: boolean,
): Promise<VideoRow> {
  const video = await deps.videos.findOwn(caller.token, videoId);
  if (!video) throw new AppError("video_not_found");
  if (!isDraft) refuseUnreadable(video);
  return video;
}

/** AppError for a video whose file cannot be read now. */
export function refuseUnreadable(
  video: Pick<VideoRow, "upload_status" | "size_bytes" | "unreachable_at">,
): void {
  if (video.upload_status !== "complete" || video.size_bytes === 0) {
    throw new AppError("video_not_complete");
  }
  if (video.unreachable_at !== null) throw new AppError("video_unreachable");
}
