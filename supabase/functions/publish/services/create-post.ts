import {
  type CreatedPost,
  createdPostSchema,
  type CreatePostRequest,
} from "../../_shared/contracts/publish.ts";
import { sha256Hex } from "../../_shared/core/digest.ts";
import type { WrittenPost } from "../../_shared/db/posts.ts";
import { describeTimes } from "../rules/describe-times.ts";
import type { Caller } from "./connections/deps.ts";
import type { PublishDeps } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";
import { preparePost } from "./prepare-post.ts";
import { requireVideo } from "./require-video.ts";

/**
 * Creates a post and its targets, or a draft. With an idempotency key the same request gets the same answer for a day,
 * and no second post. AppError for what no platform would take, before anything is stored.
 */
export async function createPost(
  deps: PublishDeps,
  caller: Caller,
  request: CreatePostRequest,
  key: string | undefined,
): Promise<CreatedPost> {
  await limitCalls(deps, caller, "posts");
  const once = key === undefined ? undefined : { key, requestHash: await sha256Hex(JSON.stringify(request)) };
  const seen = once && (await deps.posts.findAnswer(caller.id, once.key, once.requestHash));
  if (seen) return toCreated(seen, request);

  await requireVideo(deps, caller, request.video_id, request.draft ?? false);
  const accounts = await deps.connections.listOwn(caller.token);
  const post = await preparePost(deps, caller.id, accounts, request);
  return toCreated(await deps.posts.create(caller.id, post, once), request);
}

function toCreated(post: WrittenPost, request: CreatePostRequest): CreatedPost {
  return createdPostSchema.parse({ ...post, ...describeTimes(request) });
}
