import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import type { TiktokCreatorClient } from "../../../_shared/providers/tiktok/creator-client.ts";
import { TiktokRefusal } from "../../../_shared/providers/tiktok/error-answer.ts";
import type { TiktokPublishClient } from "../../../_shared/providers/tiktok/publish-client.ts";
import type { TiktokUploadClient, UploadState } from "../../../_shared/providers/tiktok/upload-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { isTurnedAway } from "../is-turned-away.ts";
import { pauseBefore } from "../pause-before.ts";
import type {
  CallResult,
  Checkpoint,
  PlatformAdapter,
  Proof,
  PublishTask,
  StepResult,
} from "../platform-adapter.ts";
import { announcePost } from "./announce-post.ts";
import { checkCreator } from "./check-creator.ts";
import { nextStart, planChunks } from "./chunks.ts";
import { confirmPost, linkTo, readStatus } from "./confirm-post.ts";
import { spendOrWait } from "./spend-or-wait.ts";
import { refuse, toPostFailure } from "./tiktok-failure.ts";

const MAX_LOST_UPLOADS = 3;
/** Until bytes are sent again of which nothing was stored. */
const STANDSTILL_SECONDS = 5;

/**
 * TikTok's own API: the account is asked first, then the post is announced with its text, then its bytes go up before
 * the time, all but the last chunk. That one makes the post and is the irreversible call; the status of the announced
 * post proves whether it arrived.
 */
export function createTiktokAdapter({
  client,
  creators,
  uploads,
  siteUrl,
}: {
  client: TiktokPublishClient;
  creators: TiktokCreatorClient;
  uploads: TiktokUploadClient;
  siteUrl: string;
}): PlatformAdapter {
  return {
    platform: "tiktok",
    route: "tiktok",
    moves: [
      "scheduled>preparing",
      "preparing>uploading",
      "uploading>ready",
      "uploading>preparing",
      "ready>publishing",
      "publishing>published",
      "publishing>unknown",
      "publishing>ready",
      "publishing>uploading",
      "publishing>preparing",
      "publishing>failed",
      "unknown>publishing",
      "unknown>ready",
      "unknown>uploading",
      "unknown>preparing",
    ],

    prepare: (task) => checkCreator(task, creators),

    async upload(task): Promise<StepResult> {
      if (task.checkpoint.publishId === undefined) return await announcePost(task, client);
      const chunks = planChunks(task.source.sizeBytes);
      const total = chunks.totalBytes;
      const first = Number(task.checkpoint.offset);
      let offset = first;
      let sent = 0;
      while (offset < chunks.lastStart) {
        const [start, end] = [offset, offset + chunks.chunkBytes];
        if (sent > 0 && sent + end - start > task.byteBudget) break;
        // What the chunks before have reached is stored while this one is under way; the last one's with the step.
        const saving = sent > 0 && task.keep({ ...task.checkpoint, offset });
        const [state] = await Promise.all([pass(task, { start, end, total }), saving]);
        sent += end - start;
        if (state.kind === "gone") return beginAgain(task);
        if (state.kind === "complete") offset = total;
        else if (state.kind === "elsewhere") offset = await findOffset(task, state.bytes);
        else offset = nextStart(chunks, state.bytes ?? end);
      }
      if (sent > 0 && offset <= first) {
        throw new ProviderApiError("tiktok", 503, "nothing_stored", STANDSTILL_SECONDS);
      }
      const checkpoint = { ...task.checkpoint, offset };
      return { kind: "next", step: offset < chunks.lastStart ? "upload" : "publish", checkpoint };
    },

    async publish(task): Promise<CallResult> {
      const { totalBytes: total } = planChunks(task.source.sizeBytes);
      const start = Number(task.checkpoint.offset);
      // A call that was thought to be without effect arrived late.
      if (start >= total) return toAccepted(task);
      if (isAddressOver(task)) return loseUpload(task);
      let body: Awaited<ReturnType<PublishTask["source"]["open"]>>;
      try {
        body = await task.source.open(start, total);
      } catch (cause) {
        // Nothing was sent yet.
        return { kind: "no_effect", step: "publish", checkpoint: task.checkpoint, cause };
      }
      let state: UploadState;
      try {
        state = await uploads.put(addressOf(task), body, { start, end: total, total }, task.source.mimeType);
      } catch (error) {
        if (!(error instanceof TiktokRefusal) && !isTurnedAway(error)) throw error;
        const cause = toPostFailure(error, task.now());
        return { kind: "no_effect", step: "publish", checkpoint: task.checkpoint, cause };
      }
      return await toResult(task, state);
    },

    confirm: (task) => confirmPost(task, { client, siteUrl }),

    async findLink({ postId: publishId, handle, token, spend }) {
      await spend("tiktok.status_calls");
      const { postId } = await client.getStatus(token, publishId);
      return postId === null ? null : { postId, url: linkTo(siteUrl, handle, postId) };
    },

    async reconcile(task): Promise<Proof> {
      const waitSeconds = await spendOrWait(task, "tiktok.status_calls");
      if (waitSeconds !== null) return { kind: "open", checkpoint: task.checkpoint };
      const status = await readStatus(task, client);
      if (status.state !== "uploading") return toAccepted(task);
      if (status.uploadedBytes === null) return { kind: "open", checkpoint: task.checkpoint };
      const chunks = planChunks(task.source.sizeBytes);
      const offset = nextStart(chunks, status.uploadedBytes);
      if (offset >= chunks.totalBytes) return toAccepted(task);
      if (isAddressOver(task)) {
        // Another announcement makes another post: bytes still on their way have to be ruled out.
        return { kind: "not_done", isAbsence: true, step: "prepare", checkpoint: freshCheckpoint(task) };
      }
      // A worker that was only given up for lost may still be sending the last bytes.
      const isAbsence = task.checkpoint.isCallOver !== true;
      const step = offset < chunks.lastStart ? "upload" : "publish";
      return { kind: "not_done", isAbsence, step, checkpoint: { ...task.checkpoint, offset } };
    },
  };

  /** What the answer to the last chunk means. One that is not plain says nothing of a post that may be there. */
  async function toResult(task: PublishTask, state: UploadState): Promise<CallResult> {
    if (state.kind === "complete") return toAccepted(task);
    const status = await readStatus(task, client);
    if (status.state !== "uploading") return toAccepted(task);
    if (status.uploadedBytes === null) throw new ProviderApiError("tiktok", 503, "progress_unknown");
    const chunks = planChunks(task.source.sizeBytes);
    const offset = nextStart(chunks, status.uploadedBytes);
    if (offset >= chunks.totalBytes) return toAccepted(task);
    if (state.kind === "gone") return loseUpload(task);
    return {
      kind: "no_effect",
      step: offset < chunks.lastStart ? "upload" : "publish",
      checkpoint: { ...task.checkpoint, offset },
      cause: new ProviderApiError("tiktok", 503, "not_all_stored"),
    };
  }

  /** Where TikTok goes on after it refused a chunk for its place. */
  async function findOffset(task: PublishTask, bytes: number | null): Promise<number> {
    const stored = bytes ?? (await readStatus(task, client)).uploadedBytes;
    if (stored === null) throw new ProviderApiError("tiktok", 503, "progress_unknown");
    return nextStart(planChunks(task.source.sizeBytes), stored);
  }

  /** Sends a chunk straight from the source. */
  function pass(task: PublishTask, part: { start: number; end: number; total: number }) {
    return asPostFailure(task, toPostFailure, async () => {
      const body = await task.source.open(part.start, part.end);
      return await uploads.put(addressOf(task), body, part, task.source.mimeType);
    });
  }
}

/** The post is TikTok's; what it makes of it is asked for. */
function toAccepted(task: PublishTask) {
  const { offset: _, addressEndsAt: __, ...checkpoint } = task.checkpoint;
  const waitSeconds = pauseBefore(task, 0);
  return { kind: "accepted", checkpoint: { ...checkpoint, polls: 0 }, waitSeconds } as const;
}

function isAddressOver({ checkpoint, now }: PublishTask): boolean {
  return now() >= new Date(String(checkpoint.addressEndsAt));
}

function addressOf(task: PublishTask): string {
  if (task.secret === null) throw new Error("The upload address of this post is not on record.");
  return task.secret;
}

/** What outlives an announcement: that the post has its place of the day, and what went wrong before. */
function freshCheckpoint({ checkpoint }: PublishTask): Checkpoint {
  const { isCounted, lostUploads, failedPosts } = checkpoint;
  return { isCounted, lostUploads, failedPosts };
}

/** The address ended before all bytes were there: the announcement is left to itself, another one is made. */
function beginAgain(task: PublishTask): StepResult {
  const lostUploads = Number(task.checkpoint.lostUploads ?? 0) + 1;
  if (lostUploads > MAX_LOST_UPLOADS) throw refuse("upload_session_lost");
  return { kind: "next", step: "prepare", checkpoint: { ...freshCheckpoint(task), lostUploads } };
}

function loseUpload(task: PublishTask): CallResult {
  const lostUploads = Number(task.checkpoint.lostUploads ?? 0) + 1;
  const checkpoint = { ...freshCheckpoint(task), lostUploads };
  const cause = lostUploads > MAX_LOST_UPLOADS
    ? refuse("upload_session_lost")
    : new ProviderApiError("tiktok", 503, "upload_address_over");
  return { kind: "no_effect", step: "prepare", checkpoint, cause };
}
