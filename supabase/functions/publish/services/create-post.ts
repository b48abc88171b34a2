import type { CreatedPost, CreatePostRequest, TargetRequest } from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { sha256Hex } from "../../_shared/core/digest.ts";
import type { WrittenPost } from "../../_shared/db/posts.ts";
import { checkTexts } from "../rules/check-text.ts";
import { chooseAccount } from "../rules/choose-account.ts";
import { composeText } from "../rules/compose-text.ts";
import { describeTimes } from "../rules/describe-times.ts";
import { resolveTime } from "../rules/resolve-time.ts";
import { createdPostSchema } from "../../_shared/contracts/publish.ts";
import type { Caller } from "./connections/deps.ts";
import type { PublishDeps } from "./deps.ts";
import { refuseUnfit } from "./format/refuse-unfit.ts";
import { limitCalls } from "./limit-calls.ts";
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

  const isDraft = request.draft ?? false;
  await requireVideo(deps, caller, request.video_id, isDraft);
  if (!isDraft) {
    await refuseUnfit(
      deps,
      caller.id,
      request.video_id,
      request.targets.map(({ platform }) => platform),
    );
  }
  const accounts = await deps.connections.listOwn(caller.token);
  const now = deps.clock();
  const targets = request.targets.map((target) => ({
    platform: target.platform,
    connection_id: chooseAccount(accounts, target, isDraft),
    caption: target.caption ?? null,
    hashtags: target.hashtags ?? null,
    options: target.options ?? {},
    ...timeOf(target, request, now),
  }));
  requireDistinct(targets);
  checkTexts(
    targets.map(({ platform, caption, hashtags, options }) => ({
      platform,
      text: composeText(caption ?? request.caption, hashtags ?? request.hashtags ?? []),
      options,
    })),
  );
  const { video_id, caption, hashtags = [], allow_duplicate = false } = request;
  const post = { video_id, caption, hashtags, draft: isDraft, allow_duplicate, targets };
  return toCreated(await deps.posts.create(caller.id, post, once), request);
}

function timeOf(target: TargetRequest, request: CreatePostRequest, now: Date) {
  const zone = target.time_zone ?? request.time_zone;
  const text = target.scheduled_for ?? request.scheduled_for;
  return {
    scheduled_for: text === undefined ? null : resolveTime(text, zone, now).toISOString(),
    time_zone: zone ?? null,
  };
}

function requireDistinct(targets: readonly { platform: string; connection_id: string | null }[]): void {
  const named = new Set(targets.map(({ platform, connection_id }) => `${platform} ${connection_id}`));
  if (named.size < targets.length) throw new AppError("target_named_twice");
}

function toCreated(post: WrittenPost, request: CreatePostRequest): CreatedPost {
  return createdPostSchema.parse({ ...post, ...describeTimes(request) });
}
