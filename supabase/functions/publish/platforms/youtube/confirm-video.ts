import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { PUBLISH_NOTICES, type PublishNoticeCode } from "../../../_shared/contracts/publish-notices.ts";
import { youtubeOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import type { VideoStatus, YoutubeStatusClient } from "../../../_shared/providers/youtube/status-client.ts";
import { pauseBefore } from "../pause-before.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { toPostFailure, toRejection } from "./youtube-failure.ts";

/**
 * Asks what YouTube made of the video it took: published once it is processed, rejected by YouTube's own word alone.
 * When it never says either, the video is taken as it is, with a notice.
 */
export async function confirmVideo(
  task: PublishTask,
  { status, siteUrl }: { status: YoutubeStatusClient; siteUrl: string },
): Promise<StepResult> {
  const videoId = String(task.checkpoint.videoId);
  const polls = Number(task.checkpoint.polls ?? 0) + 1;
  const waitFor = (waitSeconds: number): StepResult => ({
    kind: "next",
    step: "confirm",
    checkpoint: { ...task.checkpoint, polls },
    waitSeconds,
  });
  let found: VideoStatus | null;
  try {
    await task.spend("youtube.units");
    found = await status.read(task.account.token, videoId);
  } catch (error) {
    const cause = toPostFailure(error, task.now());
    // The day's questions are used up; the video is there.
    if (cause instanceof BudgetSpent) return waitFor((cause.until.getTime() - task.now().getTime()) / 1000);
    throw cause;
  }
  if (found?.upload === "failed" || found?.upload === "rejected") {
    const code = toRejection(found.reason ?? "");
    const failure = { code, message: PUBLISH_FAILURES[code], providerReference: found.reason ?? undefined };
    return { kind: "rejected", failure };
  }
  const isOver = found?.upload === "processed" || found?.upload === "deleted" || polls >= task.maxPolls;
  if (!isOver) return waitFor(pauseBefore(task, polls));
  const code = noticeOf(found, youtubeOptionsSchema.parse(task.options).privacy);
  return {
    kind: "published",
    postId: videoId,
    url: `${siteUrl}/shorts/${videoId}`,
    ...(code && { notice: { code, message: PUBLISH_NOTICES[code] } }),
  };
}

function noticeOf(found: VideoStatus | null, privacy: string): PublishNoticeCode | null {
  if (!found || found.upload === "deleted") return "post_not_visible";
  if (found.privacy !== privacy) return found.privacy === "private" ? "made_private" : "other_privacy";
  return found.upload === "processed" ? null : "still_processing";
}
