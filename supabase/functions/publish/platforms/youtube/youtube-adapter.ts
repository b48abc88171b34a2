import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { youtubeOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { PostRefused } from "../../../_shared/core/publish-errors.ts";
import { YoutubeQuotaSpent, YoutubeRefusal } from "../../../_shared/providers/youtube/error-answer.ts";
import type { SessionState, YoutubeUploadClient } from "../../../_shared/providers/youtube/upload-client.ts";
import type { YoutubeStatusClient } from "../../../_shared/providers/youtube/status-client.ts";
import type { YoutubeThumbnailClient } from "../../../_shared/providers/youtube/thumbnail-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { isTurnedAway } from "../is-turned-away.ts";
import type { CallResult, PlatformAdapter, Proof, PublishTask, StepResult } from "../platform-adapter.ts";
import { pauseBefore } from "../pause-before.ts";
import { cutIntoChunks } from "./chunks.ts";
import { confirmVideo } from "./confirm-video.ts";
import { createYoutubeCover } from "./set-cover.ts";
import { toVideoDetails } from "./video-details.ts";
import { toPostFailure } from "./youtube-failure.ts";

const MAX_LOST_SESSIONS = 3;
/** Until bytes are sent again of which nothing was stored. */
const STANDSTILL_SECONDS = 5;

/**
 * YouTube: the bytes are pushed into a resumable session before the time, all but the last chunk. That one makes the
 * video public and is the irreversible call; the session's own status proves whether it arrived.
 */
export function createYoutubeAdapter({
  client,
  status,
  thumbnails,
  siteUrl,
}: {
  client: YoutubeUploadClient;
  status: YoutubeStatusClient;
  thumbnails: YoutubeThumbnailClient;
  siteUrl: string;
}): PlatformAdapter {
  /** The video is there; what YouTube makes of it is asked for. */
  const toAccepted = (task: PublishTask, videoId: string) =>
    ({ kind: "accepted", checkpoint: { videoId, polls: 0 }, waitSeconds: pauseBefore(task, 0) }) as const;

  function toResult(task: PublishTask, state: SessionState): CallResult {
    if (state.kind === "complete") return toAccepted(task, state.videoId);
    const cause = new ProviderApiError("youtube", 503, "not_all_stored");
    if (state.kind === "gone") {
      return { kind: "no_effect", step: "prepare", checkpoint: {}, cause };
    }
    return {
      kind: "no_effect",
      step: "upload",
      checkpoint: { ...task.checkpoint, offset: state.bytes },
      cause,
    };
  }

  return {
    platform: "youtube",
    followUps: [createYoutubeCover(thumbnails)],
    moves: [
      "scheduled>preparing",
      "preparing>uploading",
      "preparing>ready",
      "uploading>ready",
      "uploading>preparing",
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
    ],

    async prepare(task): Promise<StepResult> {
      await task.spend("youtube.inserts");
      const details = toVideoDetails(
        youtubeOptionsSchema.parse(task.options),
        task.text,
        task.source.filename,
      );
      const { sizeBytes, mimeType } = task.source;
      const open = () => client.open(task.account.token, details, sizeBytes, mimeType);
      const secret = await asPostFailure(task, toPostFailure, open);
      return {
        kind: "next",
        // A file of one chunk has nothing to send before its time.
        step: cutIntoChunks(sizeBytes).lastStart > 0 ? "upload" : "publish",
        checkpoint: { ...task.checkpoint, offset: 0 },
        secret,
      };
    },

    async upload(task): Promise<StepResult> {
      const total = task.source.sizeBytes;
      const { bytes, lastStart } = cutIntoChunks(total);
      let state = await ask(task);
      const first = state.kind === "stored" ? state.bytes : 0;
      let sent = 0;
      while (state.kind === "stored" && state.bytes < lastStart) {
        const start = state.bytes;
        // A chunk that was stored in part is completed, so that the next begins where all others do.
        const end = Math.min((Math.floor(start / bytes) + 1) * bytes, lastStart);
        if (sent > 0 && sent + end - start > task.byteBudget) break;
        // What the chunks before have reached is stored while this one is under way; the last one's with the step.
        const saving = sent > 0 && task.keep({ ...task.checkpoint, offset: start });
        [state] = await Promise.all([pass(task, { start, end, total }), saving]);
        sent += end - start;
      }
      if (state.kind === "gone") return beginAgain(task);
      if (state.kind === "stored" && sent > 0 && state.bytes <= first) {
        throw new ProviderApiError(
          "youtube",
          503,
          "nothing_stored",
          state.retryAfterSeconds ?? STANDSTILL_SECONDS,
        );
      }
      if (state.kind === "complete") {
        // A call that was thought to be without effect arrived late: the publish step finds its video.
        return {
          kind: "next",
          step: "publish",
          checkpoint: { ...task.checkpoint, offset: total, videoId: state.videoId },
        };
      }
      const checkpoint = { ...task.checkpoint, offset: state.bytes };
      const waitSeconds = state.retryAfterSeconds;
      return { kind: "next", step: state.bytes < lastStart ? "upload" : "publish", checkpoint, waitSeconds };
    },

    async publish(task): Promise<CallResult> {
      const { sizeBytes: total } = task.source;
      const start = Number(task.checkpoint.offset);
      // Sessions end, the video that one made does not.
      if (typeof task.checkpoint.videoId === "string") return toAccepted(task, task.checkpoint.videoId);
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = await task.source.read(start, total);
      } catch (cause) {
        // Nothing was sent yet.
        return { kind: "no_effect", step: "publish", checkpoint: task.checkpoint, cause };
      }
      try {
        return toResult(
          task,
          await client.put(task.account.token, sessionOf(task), bytes, { start, end: total, total }),
        );
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const cause = toPostFailure(error, task.now());
        return { kind: "no_effect", step: "upload", checkpoint: task.checkpoint, cause };
      }
    },

    confirm: (task) => confirmVideo(task, { status, siteUrl }),

    async reconcile(task): Promise<Proof> {
      const state = await ask(task);
      if (state.kind === "complete") return toAccepted(task, state.videoId);
      // A session that is gone says nothing about a video it may have made.
      if (state.kind === "gone") {
        return { kind: "open", checkpoint: task.checkpoint };
      }
      const step = state.bytes < cutIntoChunks(task.source.sizeBytes).lastStart ? "upload" : "publish";
      return {
        kind: "not_done",
        // A worker that was only given up for lost may still be sending the last bytes.
        isAbsence: task.checkpoint.isCallOver !== true,
        step,
        checkpoint: { ...task.checkpoint, offset: state.bytes },
      };
    },
  };

  /** Sends a chunk straight from the source. */
  function pass(task: PublishTask, part: { start: number; end: number; total: number }) {
    return asPostFailure(task, toPostFailure, async () => {
      const body = await task.source.open(part.start, part.end);
      return await client.put(task.account.token, sessionOf(task), body, part);
    });
  }

  function ask(task: PublishTask): Promise<SessionState> {
    const { token } = task.account;
    const { sizeBytes } = task.source;
    return asPostFailure(task, toPostFailure, () => client.ask(token, sessionOf(task), sizeBytes));
  }
}

function sessionOf(task: PublishTask): string {
  if (task.secret === null) {
    throw new Error("The upload session of this post is not on record.");
  }
  return task.secret;
}

/** The session ended before its time; with all but the last chunk it cannot have made a video. */
function beginAgain(task: PublishTask): StepResult {
  const lostSessions = Number(task.checkpoint.lostSessions ?? 0) + 1;
  if (lostSessions > MAX_LOST_SESSIONS) {
    throw new PostRefused("failed", "upload_session_lost", PUBLISH_FAILURES.upload_session_lost);
  }
  return { kind: "next", step: "prepare", checkpoint: { lostSessions } };
}

/** An answer that refuses is an answer; without one, or with 5xx, the bytes may be there. */
function isRefusal(error: unknown): boolean {
  return error instanceof YoutubeRefusal || error instanceof YoutubeQuotaSpent || isTurnedAway(error);
}
