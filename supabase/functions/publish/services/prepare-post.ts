import type { CreatePostRequest, TargetRequest } from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { OauthConnectionRow } from "../../_shared/db/oauth-connections.ts";
import { checkOptions } from "../rules/check-options.ts";
import { checkTexts } from "../rules/check-text.ts";
import { chooseAccount } from "../rules/choose-account.ts";
import { composeText } from "../rules/compose-text.ts";
import { resolveTime } from "../rules/resolve-time.ts";
import { checkCovers } from "./covers/check-covers.ts";
import type { PublishDeps } from "./deps.ts";
import { refuseUnfit } from "./format/refuse-unfit.ts";

type PostingAccount =
  & Pick<OauthConnectionRow, "id" | "platform" | "status">
  & Partial<Pick<OauthConnectionRow, "route">>;

/** A post as its SQL takes it, judged by every rule a platform has for it. */
export type PreparedPost = Awaited<ReturnType<typeof preparePost>>;

/**
 * Judges a request by the rules of its platforms, in whoever's name it is made, and puts it into the form its SQL
 * takes. `accounts` are all of that person's. AppError for what no platform would take; nothing is stored here.
 */
export async function preparePost(
  deps: Pick<PublishDeps, "clock" | "covers" | "formats" | "logError">,
  userId: string,
  accounts: readonly PostingAccount[],
  request: CreatePostRequest,
) {
  const isDraft = request.draft ?? false;
  if (!isDraft) {
    await refuseUnfit(
      deps,
      userId,
      request.video_id,
      request.targets.map((target) => placeOf(target, accounts)),
    );
  }
  const now = deps.clock();
  const targets = request.targets.map((target) => ({
    platform: target.platform,
    connection_id: chooseAccount(accounts, target, isDraft),
    caption: target.caption ?? null,
    hashtags: target.hashtags ?? null,
    options: target.options ? checkOptions(target.platform, target.options) : {},
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
  await checkCovers(deps, userId, targets);
  const { video_id, caption, hashtags = [], allow_duplicate = false } = request;
  return { video_id, caption, hashtags, draft: isDraft, allow_duplicate, targets };
}

/** The platform of a target with the route of the account it names, or of the only one there is. */
function placeOf({ platform, connection_id: id }: TargetRequest, accounts: readonly PostingAccount[]) {
  const own = accounts.filter((account) => account.platform === platform);
  const account = id === undefined && own.length === 1 ? own[0] : own.find((each) => each.id === id);
  return { platform, route: account?.route };
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
