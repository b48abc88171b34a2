import { facebookOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { FacebookQuotaSpent } from "../../../_shared/providers/facebook/finish-error.ts";
import type { FacebookCoverClient } from "../../../_shared/providers/facebook/cover-client.ts";
import type { FacebookReelClient } from "../../../_shared/providers/facebook/reel-client.ts";
import type { ReelStatus } from "../../../_shared/providers/facebook/reel-status.ts";
import { GraphRefusal } from "../../../_shared/providers/facebook/error-answer.ts";
import { type MetaUploadClient, UploadRefused } from "../../../_shared/providers/facebook/upload-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { isTurnedAway } from "../is-turned-away.ts";
import { pauseBefore } from "../pause-before.ts";
import type { CallResult, PlatformAdapter, Proof, PublishTask, StepResult } from "../platform-adapter.ts";
import { pushBytes } from "../push-bytes.ts";
import { confirmReel } from "./confirm-reel.ts";
import { refuse, toFileRefusal, toPostFailure } from "./facebook-failure.ts";
import { createFacebookCover } from "./set-cover.ts";

const MAX_LOST_VIDEOS = 3;
/** Some videos are processed only once they are finished: these are not waited for any longer. */
const MAX_POLLS_UNBEGUN = 3;

/**
 * Facebook Reels of a Page: the bytes are pushed into a video before the time. The finish phase makes it public and is
 * the irreversible call; the video's own status proves whether it came to that.
 */
export function createFacebookAdapter(
  parts: {
    client: FacebookReelClient;
    uploads: MetaUploadClient;
    covers: FacebookCoverClient;
    siteUrl: string;
  },
): PlatformAdapter {
  const { client, uploads, covers, siteUrl } = parts;

  return {
    platform: "facebook",
    followUps: [createFacebookCover(covers)],
    moves: [
      "scheduled>preparing",
      "preparing>uploading",
      "uploading>processing",
      "uploading>preparing",
      "processing>ready",
      "processing>uploading",
      "processing>preparing",
      "ready>publishing",
      "publishing>published",
      "publishing>unknown",
      "publishing>ready",
      "publishing>uploading",
      "publishing>preparing",
      "publishing>failed",
      "unknown>published",
      "unknown>publishing",
      "unknown>ready",
      "unknown>uploading",
      "unknown>preparing",
    ],

    async prepare(task): Promise<StepResult> {
      const { id, token } = task.account;
      const videoId = await asPostFailure(task, toPostFailure, () => client.start(token, id));
      return { kind: "next", step: "upload", checkpoint: { ...task.checkpoint, videoId, polls: 0 } };
    },

    async upload(task): Promise<StepResult> {
      const video = await read(task);
      const lost = giveUp(task, video);
      if (lost) return lost;
      if (video!.isUploaded) return toPoll(task);
      const { token } = task.account;
      try {
        const pushed = await pushBytes(task, {
          provider: "facebook",
          at: video!.bytes,
          put: (body, part) => uploads.put(token, videoOf(task), body, part),
          askBytes: async () => (await read(task))?.bytes ?? 0,
        });
        if (pushed.kind === "complete") return toPoll(task);
        const checkpoint = { ...task.checkpoint, isWhole: pushed.isWhole };
        return { kind: "next", step: "upload", checkpoint };
      } catch (error) {
        if (error instanceof UploadRefused) return beginAgain(task, error.type);
        throw error;
      }
    },

    async poll(task): Promise<StepResult> {
      const video = await read(task);
      const lost = giveUp(task, video);
      if (lost) return lost;
      if (!video!.isUploaded) return { kind: "next", step: "upload", checkpoint: task.checkpoint };
      const polls = Number(task.checkpoint.polls ?? 0) + 1;
      const most = { not_begun: MAX_POLLS_UNBEGUN, under_way: task.maxPolls, done: 0 }[video!.processing];
      if (polls <= most) {
        const checkpoint = { ...task.checkpoint, polls };
        return { kind: "next", step: "poll", checkpoint, waitSeconds: pauseBefore(task, polls) };
      }
      await task.spend("facebook.reels");
      return { kind: "next", step: "publish", checkpoint: task.checkpoint };
    },

    async publish(task): Promise<CallResult> {
      const { id, token } = task.account;
      const { title } = facebookOptionsSchema.parse(task.options);
      try {
        await client.finish(token, id, videoOf(task), { description: task.text, title });
      } catch (error) {
        if (error instanceof GraphRefusal) return await judgeRefusal(task, error);
        if (!(error instanceof FacebookQuotaSpent || isTurnedAway(error))) throw error;
        const cause = toPostFailure(error, task.now());
        return { kind: "no_effect", step: "publish", checkpoint: task.checkpoint, cause };
      }
      return toAccepted(task);
    },

    confirm: (task) => confirmReel(task, { client, siteUrl }),

    async reconcile(task): Promise<Proof> {
      const video = await read(task);
      const { checkpoint } = task;
      // A video that Facebook does not show says nothing about what became of it.
      if (video === null) return { kind: "open", checkpoint };
      if (video.publishing !== "not_begun") return toAccepted(task);
      const isLost = video.isGone || video.failure !== null;
      const step = isLost ? "prepare" : video.isUploaded ? "publish" : "upload";
      return { kind: "not_done", isAbsence: true, step, checkpoint: isLost ? {} : checkpoint };
    },
  };

  function read(task: PublishTask): Promise<ReelStatus | null> {
    return asPostFailure(task, toPostFailure, () => client.read(task.account.token, videoOf(task)));
  }

  /** Facebook said no. Only a video that did not begin to be published was not published. */
  async function judgeRefusal(task: PublishTask, refusal: GraphRefusal): Promise<CallResult> {
    const video = await read(task);
    if (video !== null && video.publishing !== "not_begun") return toAccepted(task);
    if (video === null || video.isGone) {
      const cause = new ProviderApiError("facebook", 503, "video_gone");
      return { kind: "no_effect", step: "prepare", checkpoint: {}, cause };
    }
    const cause = toFileRefusal(video.failure?.code ?? null) ?? toPostFailure(refusal, task.now());
    const step = video.isUploaded ? "publish" : "upload";
    return { kind: "no_effect", step, checkpoint: task.checkpoint, cause };
  }
}

/** It is there for Facebook; when people see it is asked for. */
function toAccepted(task: PublishTask) {
  const checkpoint = { videoId: videoOf(task), polls: 0 };
  return { kind: "accepted", checkpoint, waitSeconds: pauseBefore(task, 0) } as const;
}

function toPoll(task: PublishTask): StepResult {
  const checkpoint = { ...task.checkpoint, polls: 0 };
  return { kind: "next", step: "poll", checkpoint, waitSeconds: pauseBefore(task, 0) };
}

function videoOf(task: PublishTask): string {
  const { videoId } = task.checkpoint;
  if (typeof videoId !== "string") throw new Error("The video of this post is not on record.");
  return videoId;
}

/** Null for a video that can be gone on with. Throws PostRefused for a file that Facebook does not take. */
function giveUp(task: PublishTask, video: ReelStatus | null): StepResult | null {
  if (video === null || video.isGone) return beginAgain(task, "gone");
  if (video.failure === null) return null;
  const refusal = toFileRefusal(video.failure.code);
  if (refusal) throw refusal;
  return beginAgain(task, String(video.failure.code ?? "error"));
}

/** A video that failed or was forgotten. Another may do; when none does, it is the file. */
function beginAgain(task: PublishTask, reason: string): StepResult {
  const lostVideos = Number(task.checkpoint.lostVideos ?? 0) + 1;
  if (lostVideos > MAX_LOST_VIDEOS) {
    throw reason === "gone" ? refuse("upload_session_lost") : refuse("format_not_accepted", reason);
  }
  return { kind: "next", step: "prepare", checkpoint: { lostVideos } };
}
