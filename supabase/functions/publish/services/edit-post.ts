import { type EditPostRequest, platformSchema, type Post } from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { TargetRow } from "../../_shared/db/posts.ts";
import { checkOptions } from "../rules/check-options.ts";
import { checkTexts } from "../rules/check-text.ts";
import { composeText } from "../rules/compose-text.ts";
import { describeTimes } from "../rules/describe-times.ts";
import { resolveTime } from "../rules/resolve-time.ts";
import type { Caller } from "./connections/deps.ts";
import { checkCovers } from "./covers/check-covers.ts";
import type { PublishDeps } from "./deps.ts";
import { refuseUnfit } from "./format/refuse-unfit.ts";
import { limitCalls } from "./limit-calls.ts";
import { findOwnPost, readPost } from "./read-post.ts";
import { requireVideo } from "./require-video.ts";

const ENDED = ["published", "canceled"];

type TargetChange = NonNullable<EditPostRequest["targets"]>[number];

/**
 * Changes texts, options and times of what has not gone out, and sends a draft on its way. AppError for what a
 * platform would refuse, and once a target is going out.
 */
export async function editPost(
  deps: PublishDeps,
  caller: Caller,
  postId: string,
  request: EditPostRequest,
): Promise<Post> {
  await limitCalls(deps, caller, "posts");
  const { post, targets } = await findOwnPost(deps, caller, postId);
  const now = deps.clock();
  const changes = (request.targets ?? []).map((change) => toStored(change, targets, request, now));
  checkTexts(
    targets
      .filter(({ status }) => !ENDED.includes(status))
      .map((target) => {
        const change = changes.find(({ id }) => id === target.id);
        const caption = change?.caption !== undefined ? change.caption : target.caption;
        const hashtags = change?.hashtags !== undefined ? change.hashtags : target.hashtags;
        return {
          platform: target.platform,
          text: composeText(
            caption ?? request.caption ?? post.caption,
            hashtags ?? request.hashtags ?? post.hashtags,
          ),
          options: change?.options ?? target.options,
        };
      }),
  );
  await checkCovers(
    deps,
    caller.id,
    changes.flatMap(({ id, options }) =>
      targets.filter((target) => options && target.id === id).map(({ platform }) => ({ platform, options }))
    ),
  );
  const { draft, scheduled_for, targets: _, ...rest } = request;
  const edits = {
    ...rest,
    ...(scheduled_for !== undefined && { scheduled_for: toInstant(scheduled_for, request.time_zone, now) }),
    ...(request.targets && { targets: changes }),
  };
  if (Object.keys(edits).length > 0) {
    await deps.posts.edit(caller.id, postId, edits);
  }
  if (draft === false) {
    if (post.video_id === null) throw new AppError("video_not_complete");
    await requireVideo(deps, caller, post.video_id, false);
    const accounts = await deps.connections.listOwn(caller.token);
    const places = targets.map(({ platform, connection_id: id }) => ({
      platform: platformSchema.parse(platform),
      route: accounts.find((account) => account.id === id)?.route,
    }));
    await refuseUnfit(deps, caller.id, post.video_id, places);
    await deps.posts.start(caller.id, postId, request.allow_duplicate ?? false);
  }
  const times = (request.targets ?? []).map((change) => ({
    ...change,
    time_zone: zoneOf(change, targets, request),
  }));
  return { ...(await readPost(deps, caller, postId)), ...describeTimes({ ...request, targets: times }) };
}

/** Of a new time without one of its own: the request's, then the one the old time was chosen in. */
function zoneOf(change: TargetChange, targets: readonly TargetRow[], request: EditPostRequest) {
  const stored = targets.find(({ id }) => id === change.id)?.time_zone;
  return change.time_zone ?? request.time_zone ?? stored ?? undefined;
}

function toStored(change: TargetChange, targets: readonly TargetRow[], request: EditPostRequest, now: Date) {
  const target = targets.find(({ id }) => id === change.id);
  if (!target) throw new AppError("target_not_found");
  const zone = zoneOf(change, targets, request);
  return {
    ...change,
    ...(change.options && { options: checkOptions(target.platform, change.options) }),
    ...(change.scheduled_for !== undefined && { scheduled_for: toInstant(change.scheduled_for, zone, now) }),
  };
}

/** The instant of a new time; null is at once. */
const toInstant = (time: string | null, zone: string | undefined, now: Date): string =>
  (time === null ? now : resolveTime(time, zone, now)).toISOString();
