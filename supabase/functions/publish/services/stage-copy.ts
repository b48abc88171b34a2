import { LeaseLost } from "../../_shared/core/publish-errors.ts";
import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { StagedCopy } from "../../_shared/db/staged-copies.ts";
import type { Staging, VideoSource } from "../platforms/platform-adapter.ts";
import type { PublishDeps } from "./deps.ts";
import { type CopyProgress, sendObject } from "./send-object.ts";

const URL_LIVES_SECONDS = 24 * 3600;
const WAIT_FOR_OTHER_SECONDS = 3;
/** Long enough for the parts of one step; nobody extends it. */
const LEASE_SECONDS = 60;

interface StagedPost {
  job: PublishJob;
  postId: string;
  source: VideoSource;
  limits: { byteBudget: number };
}

/**
 * The one copy of a post's video in our bucket, from which platforms fetch it: made in parts, as many as this
 * invocation may move, by one worker at a time. Resolves to an address that works for 24 hours once it is whole.
 */
export async function stageCopy(deps: PublishDeps, post: StagedPost): Promise<Staging> {
  const { job, postId, source } = post;
  const copy = await deps.stagedCopies.claim(postId, job.userId, source.sizeBytes, LEASE_SECONDS);
  if (!copy) return { kind: "under_way", waitSeconds: WAIT_FOR_OTHER_SECONDS };
  if (!copy.isComplete && !(await sendParts(deps, post, copy))) {
    return { kind: "under_way", waitSeconds: 0 };
  }
  return { kind: "ready", url: await deps.stagedCopies.sign(copy.objectPath, URL_LIVES_SECONDS) };
}

/** A converted file lies in our bucket already: an address that works for 24 hours. */
export async function signVariant(
  deps: Pick<PublishDeps, "stagedCopies">,
  { objectPath }: { objectPath: string },
): Promise<Staging> {
  return { kind: "ready", url: await deps.stagedCopies.sign(objectPath, URL_LIVES_SECONDS) };
}

/** True when the copy is whole. Gives the right to write it back, whatever happens. */
async function sendParts(deps: PublishDeps, { job, postId, source, limits }: StagedPost, copy: StagedCopy) {
  let progress: CopyProgress = copy;
  const store = async (isReleased: boolean) => {
    const { storedBytes, uploadUrl } = progress;
    const { leaseToken } = copy;
    if (!(await deps.stagedCopies.save(postId, { leaseToken, storedBytes, uploadUrl }, isReleased))) {
      throw new LeaseLost();
    }
  };
  const { sizeBytes, mimeType } = source;
  const context = { userId: job.userId, provider: `staged/${postId}`, column: "upload_url" };
  let isWhole: boolean;
  try {
    isWhole = await sendObject(deps, { ...copy, sizeBytes, mimeType, context }, {
      limits,
      read: (start, end) => source.open(start, end),
      async save(next) {
        progress = next;
        await store(false);
      },
    });
  } catch (error) {
    // The parts that are stored stay; the next worker asks for them. The first error counts.
    await store(true).catch(() => {});
    throw error;
  }
  if (isWhole) progress = { storedBytes: sizeBytes, uploadUrl: null };
  await store(true);
  return isWhole;
}
