import type { CompleteUploadRequest, UploadVerifying } from "../../_shared/contracts/onedrive.ts";
import { type Video, videoSchema } from "../../_shared/contracts/videos.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import { askAgainMs } from "../rules/ask-again.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { verifyUpload } from "./verify-upload.ts";

export type Completion = { video: Video } | { verifying: UploadVerifying };

/** Ends an upload. Repeated calls return the same video. */
export async function completeUpload(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  claim: CompleteUploadRequest,
): Promise<Completion> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  requireCompletable(upload);
  if (upload.status === "complete") return { video: await findVideo(deps, caller, upload) };
  const video = await verifyUpload(deps, upload, claim).catch(async (error) => {
    // Another call or the sweep may have completed it meanwhile.
    const now = await findOwnUpload(deps, caller, sessionId);
    if (now.status === "complete") return await findVideo(deps, caller, now);
    throw error;
  });
  if (video) return { video: videoSchema.parse(video) };
  const waitedMs = upload.verifying_since ? deps.clock().getTime() - Date.parse(upload.verifying_since) : 0;
  return {
    verifying: { status: "verifying", retry_after_ms: askAgainMs(waitedMs) },
  };
}

function requireCompletable(upload: UploadRow): void {
  if (upload.status === "canceled") throw new AppError("upload_not_active");
  if (upload.status === "failed") throw new AppError("hash_mismatch");
}

async function findVideo(deps: OnedriveDeps, caller: Caller, upload: UploadRow): Promise<Video> {
  const video = upload.video_id && await deps.videos.findOwn(caller.token, upload.video_id);
  if (!video) throw new AppError("video_not_found");
  return videoSchema.parse(video);
}
