import { tiktokOptionsSchema } from "../../../_shared/contracts/publish.ts";
import type { TiktokPost, TiktokPublishClient } from "../../../_shared/providers/tiktok/publish-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { planChunks } from "./chunks.ts";
import { spendOrWait } from "./spend-or-wait.ts";
import { toPostFailure } from "./tiktok-failure.ts";

/** An upload address lives an hour; its last minutes are left alone. */
const ADDRESS_LIVES_MS = 58 * 60_000;

/** Announces the post with its text and gets the address for its bytes. Without all of them nothing comes of it. */
export async function announcePost(task: PublishTask, client: TiktokPublishClient): Promise<StepResult> {
  const waitSeconds = await spendOrWait(task, "tiktok.inits");
  if (waitSeconds !== null) return { kind: "next", step: "upload", checkpoint: task.checkpoint, waitSeconds };
  const plan = planChunks(task.source.sizeBytes);
  const begunAt = task.now().getTime();
  const { publishId, uploadUrl } = await asPostFailure(
    task,
    toPostFailure,
    () => client.init(task.account.token, toPost(task), plan),
  );
  return {
    kind: "next",
    // A file of one chunk has nothing to send before its time.
    step: plan.lastStart > 0 ? "upload" : "publish",
    checkpoint: {
      ...task.checkpoint,
      publishId,
      offset: 0,
      addressEndsAt: new Date(begunAt + ADDRESS_LIVES_MS).toISOString(),
    },
    secret: uploadUrl,
  };
}

/** What the account has switched off stays off, whatever was chosen. */
function toPost({ text, options, checkpoint }: PublishTask): TiktokPost {
  const chosen = tiktokOptionsSchema.parse(options);
  return {
    title: text,
    privacyLevel: chosen.privacy_level,
    disableComment: chosen.disable_comment || checkpoint.isCommentDisabled === true,
    disableDuet: chosen.disable_duet || checkpoint.isDuetDisabled === true,
    disableStitch: chosen.disable_stitch || checkpoint.isStitchDisabled === true,
    isBranded: chosen.brand_content,
    isOwnBrand: chosen.your_brand,
    isAiGenerated: chosen.ai_generated,
    coverTimestampMs: chosen.cover_offset_ms,
  };
}
