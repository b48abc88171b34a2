import { tiktokOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import { BlotatoRefusal, PROVIDER } from "../../../_shared/providers/blotato/error-answer.ts";
import type { BlotatoPostsClient, TiktokTarget } from "../../../_shared/providers/blotato/posts-client.ts";
import { isTurnedAway } from "../is-turned-away.ts";
import { pauseBefore } from "../pause-before.ts";
import type { CallResult, PlatformAdapter, PublishTask, StepResult } from "../platform-adapter.ts";
import { toRefusal } from "./blotato-failure.ts";
import { confirmPost } from "./confirm-post.ts";
import { markMediaUrl } from "./find-listed-post.ts";
import { provePost } from "./prove-post.ts";
import { spendByKey } from "./spend-by-key.ts";

/**
 * TikTok through Blotato, which fetches the video from a staged copy. A submission is final and nothing tells two of
 * them apart but the address of the media, so each attempt has one of its own.
 */
export function createBlotatoAdapter(client: BlotatoPostsClient): PlatformAdapter {
  return {
    platform: "tiktok",
    route: "blotato",
    moves: [
      "scheduled>preparing",
      "preparing>uploading",
      "uploading>ready",
      "ready>publishing",
      "publishing>published",
      "publishing>unknown",
      "publishing>ready",
      "publishing>uploading",
      "publishing>failed",
      "unknown>published",
      "unknown>publishing",
      "unknown>uploading",
    ],

    prepare(task): Promise<StepResult> {
      return Promise.resolve({ kind: "next", step: "upload", checkpoint: task.checkpoint });
    },

    async upload(task): Promise<StepResult> {
      const staging = await task.stage();
      const { checkpoint } = task;
      if (staging.kind === "under_way") {
        return { kind: "next", step: "upload", checkpoint, waitSeconds: staging.waitSeconds };
      }
      // TikTok counts what goes out on an account, whoever sends it; one that is made again is counted already.
      if (checkpoint.isCounted !== true) await task.spend("tiktok.posts");
      const intent = crypto.randomUUID();
      return { kind: "next", step: "publish", checkpoint: { ...checkpoint, isCounted: true, intent } };
    },

    async publish(task): Promise<CallResult> {
      const { checkpoint } = task;
      let mediaUrl: string;
      try {
        await spendByKey(task, "blotato.posts");
        mediaUrl = await openMedia(task);
      } catch (cause) {
        // Nothing was sent yet. A copy that has to be made anew is made before the call.
        const step = cause instanceof BudgetSpent ? "publish" : "upload";
        return { kind: "no_effect", step, checkpoint, cause };
      }
      try {
        const { id: accountId, token } = task.account;
        const post = { accountId, text: task.text, mediaUrl, target: toTarget(task.options) };
        const submissionId = await client.create(token, post);
        const waitSeconds = pauseBefore(task, 0);
        return { kind: "accepted", checkpoint: { ...checkpoint, submissionId, polls: 0 }, waitSeconds };
      } catch (error) {
        if (!isTurnedAway(error) && !(error instanceof BlotatoRefusal)) throw error;
        return { kind: "no_effect", step: "publish", checkpoint, cause: toRefusal(error) };
      }
    },

    confirm: (task) => confirmPost(task, client),

    reconcile: (task) => provePost(task, client),
  };
}

/** An address that works for a day, with the number of this submission in it. */
async function openMedia(task: PublishTask): Promise<string> {
  const staging = await task.stage();
  if (staging.kind === "under_way") throw new ProviderApiError(PROVIDER, 503, "copy_under_way");
  return markMediaUrl(staging.url, String(task.checkpoint.intent));
}

function toTarget(options: unknown): TiktokTarget {
  const chosen = tiktokOptionsSchema.parse(options);
  return {
    privacyLevel: chosen.privacy_level,
    disabledComments: chosen.disable_comment,
    disabledDuet: chosen.disable_duet,
    disabledStitch: chosen.disable_stitch,
    isBrandedContent: chosen.brand_content,
    isYourBrand: chosen.your_brand,
    isAiGenerated: chosen.ai_generated,
    ...(chosen.cover_offset_ms !== undefined && { videoCoverTimestamp: chosen.cover_offset_ms }),
  };
}
