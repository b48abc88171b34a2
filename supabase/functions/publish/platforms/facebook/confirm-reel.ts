import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import type { FacebookReelClient } from "../../../_shared/providers/facebook/reel-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { pauseBefore } from "../pause-before.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { toPostFailure, toRejection } from "./facebook-failure.ts";

/**
 * Asks what Facebook made of the Reel it accepted: there once its publishing phase says so, rejected by Facebook's own
 * word alone. When it never says either, the Reel is taken as it is, with a notice.
 */
export async function confirmReel(
  task: PublishTask,
  { client, siteUrl }: { client: FacebookReelClient; siteUrl: string },
): Promise<StepResult> {
  const videoId = String(task.checkpoint.videoId);
  const polls = Number(task.checkpoint.polls ?? 0) + 1;
  const video = await asPostFailure(task, toPostFailure, () => client.read(task.account.token, videoId));
  const published = { kind: "published", postId: videoId, url: `${siteUrl}/reel/${videoId}` } as const;
  if (video?.publishing === "published") return published;
  if (video && (video.publishing === "failed" || video.failure !== null || video.isGone)) {
    const reason = video.failure?.code ?? null;
    const code = toRejection(reason);
    const providerReference = reason === null ? undefined : String(reason);
    return { kind: "rejected", failure: { code, message: PUBLISH_FAILURES[code], providerReference } };
  }
  if (polls < task.maxPolls) {
    const checkpoint = { ...task.checkpoint, polls };
    return { kind: "next", step: "confirm", checkpoint, waitSeconds: pauseBefore(task, polls) };
  }
  const code = "facebook_still_processing";
  return { ...published, notice: { code, message: PUBLISH_NOTICES[code] } };
}
