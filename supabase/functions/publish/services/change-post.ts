import type { DecideTargetRequest, Post, RetryPostRequest } from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller } from "./connections/deps.ts";
import type { PublishDeps } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";
import { findOwnPost, readPost } from "./read-post.ts";

/** Cancels what has not gone out of a post, or one target of it. AppError once nothing of it can be stopped. */
export async function cancelPost(
  deps: PublishDeps,
  caller: Caller,
  postId: string,
  targetId?: string,
): Promise<Post> {
  await limitCalls(deps, caller, "posts");
  await requireTarget(deps, caller, postId, targetId);
  await deps.posts.cancel(caller.id, postId, targetId);
  return await readPost(deps, caller, postId);
}

/** Tries again what failed or waits: all of a post, one target, or those with one cause. */
export async function retryPost(
  deps: PublishDeps,
  caller: Caller,
  postId: string,
  { target_id: targetId, error_code: errorCode }: RetryPostRequest,
): Promise<Post> {
  await limitCalls(deps, caller, "posts");
  await requireTarget(deps, caller, postId, targetId);
  if ((await deps.posts.retry(caller.id, postId, { targetId, errorCode })) > 0) {
    await deps.targets.poke(1);
    await deps.targets.poke(0);
  }
  return await readPost(deps, caller, postId);
}

/** Ends an open outcome by its user's word. */
export async function decideTarget(
  deps: PublishDeps,
  caller: Caller,
  postId: string,
  targetId: string,
  { decision, platform_url: url }: DecideTargetRequest,
): Promise<Post> {
  await limitCalls(deps, caller, "posts");
  await requireTarget(deps, caller, postId, targetId);
  await deps.posts.decide(caller.id, targetId, decision === "it_is_there", url ?? null);
  return await readPost(deps, caller, postId);
}

/** A post that is not the caller's is not there; nor is a target that is not the post's. */
async function requireTarget(
  deps: PublishDeps,
  caller: Caller,
  postId: string,
  targetId?: string,
): Promise<void> {
  const { targets } = await findOwnPost(deps, caller, postId);
  if (targetId !== undefined && !targets.some(({ id }) => id === targetId)) {
    throw new AppError("target_not_found");
  }
}
