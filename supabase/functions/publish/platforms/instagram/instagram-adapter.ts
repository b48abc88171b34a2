import { instagramOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { PostRefused } from "../../../_shared/core/publish-errors.ts";
import { InstagramQuotaSpent, InstagramRefusal } from "../../../_shared/providers/instagram/error-answer.ts";
import type { InstagramPublishClient, Media } from "../../../_shared/providers/instagram/publish-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { isTurnedAway } from "../is-turned-away.ts";
import { pauseBefore } from "../pause-before.ts";
import type { CallResult, PlatformAdapter, Proof, PublishTask, StepResult } from "../platform-adapter.ts";
import { createFirstComment } from "./first-comment.ts";
import { type InstagramPushing, mayPush, pushReel } from "./push-reel.ts";
import { toContainerRefusal, toPostFailure } from "./instagram-failure.ts";

const MAX_LOST_CONTAINERS = 3;
/** Instagram's clock and ours. */
const CLOCK_SLACK_MS = 60_000;
/** Not ready yet, or published before: the container's status tells which. */
const NOT_AVAILABLE = 2207027;
/** The container is gone; nothing can come of it any more. */
const GONE_SUBCODES = [2207006, 2207008, 2207020];

/**
 * Instagram: it fetches the video from a staged copy into a container, or the bytes are pushed into one, and the
 * container is published when it is finished. That happens once at most, and its status proves whether it did.
 */
export function createInstagramAdapter(
  clientOf: (route: string) => InstagramPublishClient,
  pushing: InstagramPushing,
): PlatformAdapter {
  return {
    platform: "instagram",
    followUps: [createFirstComment(clientOf)],
    moves: [
      "scheduled>preparing",
      "preparing>uploading",
      "uploading>processing",
      "processing>ready",
      "processing>preparing",
      "ready>publishing",
      "publishing>published",
      "publishing>unknown",
      "publishing>ready",
      "publishing>preparing",
      "unknown>published",
      "unknown>ready",
      "unknown>preparing",
      "unknown>processing",
    ],

    prepare(task): Promise<StepResult> {
      return Promise.resolve({ kind: "next", step: "upload", checkpoint: task.checkpoint });
    },

    async upload(task): Promise<StepResult> {
      if (typeof task.checkpoint.containerId === "string") return await pushReel(task, clientOf, pushing);
      const isPushed = await mayPush(task, pushing);
      const staging = isPushed ? { kind: "ready", url: null } as const : await task.stage();
      if (staging.kind === "under_way") {
        return {
          kind: "next",
          step: "upload",
          checkpoint: task.checkpoint,
          waitSeconds: staging.waitSeconds,
        };
      }
      const options = instagramOptionsSchema.parse(task.options);
      const coverUrl = options.cover === undefined ? undefined : await task.signCover(options.cover);
      await task.spend("instagram.containers");
      const { id, token, route } = task.account;
      const reel = {
        videoUrl: staging.url,
        caption: task.text,
        shareToFeed: options.share_to_feed,
        coverUrl,
        coverOffsetMs: options.cover_offset_ms,
      };
      const create = () => clientOf(route).createReel(token, id, reel);
      const containerId = await asPostFailure(task, toPostFailure, create);
      const checkpoint = { ...task.checkpoint, containerId, polls: 0 };
      if (isPushed) return { kind: "next", step: "upload", checkpoint };
      return { kind: "next", step: "poll", checkpoint, waitSeconds: pauseBefore(task, 0) };
    },

    async poll(task): Promise<StepResult> {
      const container = await readContainer(task);
      const polls = Number(task.checkpoint.polls ?? 0) + 1;
      if (container.status === "in_progress" && polls <= task.maxPolls) {
        const waitSeconds = pauseBefore(task, polls);
        return { kind: "next", step: "poll", checkpoint: { ...task.checkpoint, polls }, waitSeconds };
      }
      const isUsable = container.status === "finished" || container.status === "published";
      if (!isUsable) return beginAgain(task, container.errorCode);
      const { id, token, route } = task.account;
      const knownMax = await clientOf(route)
        .getPublishLimit(token, id)
        .catch((error) => {
          // Our own number serves as well.
          if (error instanceof ProviderApiError || error instanceof InstagramRefusal) return null;
          throw error;
        });
      await task.spend("instagram.publishes", knownMax ?? undefined);
      return { kind: "next", step: "publish", checkpoint: task.checkpoint };
    },

    async publish(task): Promise<CallResult> {
      const { id, token, route } = task.account;
      let mediaId: string;
      try {
        mediaId = await clientOf(route).publish(token, id, containerOf(task));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const isGone = error instanceof InstagramRefusal && GONE_SUBCODES.includes(error.subcode ?? 0);
        return isGone
          ? {
            kind: "no_effect",
            step: "prepare",
            checkpoint: {},
            cause: new ProviderApiError("instagram", 503, "container_gone"),
          }
          : {
            kind: "no_effect",
            step: "publish",
            checkpoint: task.checkpoint,
            cause: toPostFailure(error, task.now()),
          };
      }
      // The post is there; not knowing its address must not make it look as if it were not.
      const media = await clientOf(route)
        .getMedia(token, mediaId)
        .catch(() => null);
      return { kind: "done", postId: mediaId, url: media?.url ?? null };
    },

    async reconcile(task): Promise<Proof> {
      const { id, token, route } = task.account;
      const { checkpoint } = task;
      const container = await readContainer(task);
      if (container.status === "published") {
        const media = findPost(task, await clientOf(route).listRecentMedia(token, id));
        if (media) return { kind: "done", postId: media.id, url: media.url };
        // Lists may lag behind; that the container is published is proof enough in the end.
        if (task.isSettled) {
          return { kind: "done", postId: containerOf(task), url: null };
        }
        return { kind: "open", checkpoint };
      }
      if (container.status === "finished") {
        return { kind: "not_done", isAbsence: true, step: "publish", checkpoint };
      }
      if (container.status === "in_progress") {
        return { kind: "not_done", isAbsence: true, step: "poll", checkpoint };
      }
      return { kind: "not_done", isAbsence: true, step: "prepare", checkpoint: {} };
    },
  };

  function readContainer(task: PublishTask) {
    const { token, route } = task.account;
    return asPostFailure(task, toPostFailure, () => clientOf(route).getContainer(token, containerOf(task)));
  }
}

function containerOf(task: PublishTask): string {
  const { containerId } = task.checkpoint;
  if (typeof containerId !== "string") {
    throw new Error("The container of this post is not on record.");
  }
  return containerId;
}

/** A container that failed or expired; another may do, unless it is the file that Instagram does not take. */
function beginAgain(task: PublishTask, errorCode: string | null): StepResult {
  const refusal = toContainerRefusal(errorCode);
  if (refusal) throw refusal;
  const lostContainers = Number(task.checkpoint.lostContainers ?? 0) + 1;
  if (lostContainers > MAX_LOST_CONTAINERS) {
    const reference = errorCode ?? undefined;
    throw new PostRefused("failed", "platform_refused", PUBLISH_FAILURES.platform_refused, reference);
  }
  return { kind: "next", step: "prepare", checkpoint: { lostContainers } };
}

/** An answer that refuses is an answer; without one, or with 5xx, the post may be there. */
function isRefusal(error: unknown): boolean {
  if (error instanceof InstagramRefusal) return error.subcode !== NOT_AVAILABLE;
  return error instanceof InstagramQuotaSpent || isTurnedAway(error);
}

/** The account's post with this text that came first after the call; another post may have the same text. */
function findPost(task: PublishTask, recent: readonly Media[]): Media | null {
  const since = (task.calledAt ?? task.now()).getTime() - CLOCK_SLACK_MS;
  const own = recent.filter(
    ({ caption, postedAt }) => postedAt.getTime() >= since && caption.trim() === task.text.trim(),
  );
  own.sort((one, other) => one.postedAt.getTime() - other.postedAt.getTime());
  return own[0] ?? null;
}
