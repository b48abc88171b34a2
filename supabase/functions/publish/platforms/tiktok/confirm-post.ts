import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import { tiktokOptionsSchema } from "../../../_shared/contracts/publish.ts";
import type { PublishStatus, TiktokPublishClient } from "../../../_shared/providers/tiktok/publish-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { pauseBefore } from "../pause-before.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { spendOrWait } from "./spend-or-wait.ts";
import { toPassingRejection, toPostFailure, toRejection } from "./tiktok-failure.ts";

/** Questions for the address of a public post that is there already; it may come hours later. */
const MAX_LINK_POLLS = 6;
/** Posts that TikTok itself failed and that are made again. */
const MAX_FAILED_POSTS = 3;

/**
 * Asks what TikTok made of the post it took: published once it is complete, rejected by TikTok's own word alone. A
 * public post waits a little for its address and is published without one otherwise.
 */
export async function confirmPost(
  task: PublishTask,
  { client, siteUrl }: { client: TiktokPublishClient; siteUrl: string },
): Promise<StepResult> {
  const { checkpoint } = task;
  const polls = Number(checkpoint.polls ?? 0) + 1;
  const waitFor = (waitSeconds: number, more = {}): StepResult => ({
    kind: "next",
    step: "confirm",
    checkpoint: { ...checkpoint, polls, ...more },
    waitSeconds,
  });
  const full = await spendOrWait(task, "tiktok.status_calls");
  if (full !== null) return waitFor(full, { polls: polls - 1 });
  const status = await readStatus(task, client);
  if (status.state === "failed") return reject(task, status.failReason);
  if (status.state === "uploading" || status.state === "downloading") {
    return waitFor(pauseBefore(task, polls));
  }

  const publishId = String(checkpoint.publishId);
  if (status.postId !== null) {
    const url = linkTo(siteUrl, String(checkpoint.username), status.postId);
    return { kind: "published", postId: status.postId, url };
  }
  const isPublic = tiktokOptionsSchema.parse(task.options).privacy_level === "PUBLIC_TO_EVERYONE";
  // Only public posts ever show an id.
  if (!isPublic) return { kind: "published", postId: publishId, url: null };
  const linkPolls = Number(checkpoint.linkPolls ?? 0) + 1;
  if (linkPolls <= MAX_LINK_POLLS) return waitFor(pauseBefore(task, linkPolls), { linkPolls });
  const notice = { code: "link_follows", message: PUBLISH_NOTICES.link_follows };
  return { kind: "published", postId: publishId, url: null, notice };
}

/** The address of a post; TikTok finds it without the account's name as well. */
export function linkTo(siteUrl: string, handle: string | null, postId: string): string {
  return `${siteUrl}/@${(handle ?? "").replace(/^@/, "")}/video/${postId}`;
}

/** How TikTok stands with the announced post. */
export function readStatus(task: PublishTask, client: TiktokPublishClient): Promise<PublishStatus> {
  const { publishId } = task.checkpoint;
  if (typeof publishId !== "string") throw new Error("The publish id of this post is not on record.");
  return asPostFailure(task, toPostFailure, () => client.getStatus(task.account.token, publishId));
}

/** Made again, a few times, for what is TikTok's own trouble or over in a day; failed otherwise. */
function reject({ checkpoint, now }: PublishTask, failReason: string | null): StepResult {
  const failedPosts = Number(checkpoint.failedPosts ?? 0) + 1;
  const cause = toPassingRejection(failReason, now());
  if (cause !== null && failedPosts <= MAX_FAILED_POSTS) {
    const { isCounted, lostUploads } = checkpoint;
    return { kind: "undone", step: "prepare", checkpoint: { isCounted, lostUploads, failedPosts }, cause };
  }
  const code = toRejection(failReason);
  const providerReference = failReason ?? undefined;
  return { kind: "rejected", failure: { code, message: PUBLISH_FAILURES[code], providerReference } };
}
