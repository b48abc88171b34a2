import type { CreatorInfo } from "../../../_shared/contracts/creator-info.ts";
import { TIKTOK_PRIVACY_LEVELS } from "../../../_shared/contracts/publish.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { ProviderApiError, ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import type { OauthConnectionRow } from "../../../_shared/db/oauth-connections.ts";
import type { OpenAccount } from "../../../_shared/providers/oauth/account-access.ts";
import type { Creator } from "../../../_shared/providers/tiktok/creator-client.ts";
import type { PublishDeps } from "../deps.ts";
import { limitCalls } from "../limit-calls.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

type Deps = ConnectionDeps & Pick<PublishDeps, "creators" | "describeObstacle" | "targets">;

/**
 * What a TikTok account of the caller may post at the moment. AppError for an account that is not theirs or was not
 * connected with TikTok itself; ProviderAuthError when it has to be connected again.
 */
export async function readCreator(deps: Deps, caller: Caller, connectionId: string): Promise<CreatorInfo> {
  await limitCalls(deps, caller, "check");
  const connection = (await deps.connections.listOwn(caller.token)).find(({ id }) => id === connectionId);
  if (!connection) throw new AppError("connection_not_found");
  if (connection.platform !== "tiktok" || connection.route !== "tiktok") {
    throw new AppError("creator_info_not_available");
  }
  try {
    return toInfo(await ask(deps, await deps.access.open(caller.id, connectionId)));
  } catch (error) {
    const obstacle = deps.describeObstacle(error);
    if (obstacle) return toBlocked(connection, obstacle);
    throw error;
  }
}

/** Once more with a new token when TikTok refuses the old one. */
async function ask(deps: Deps, account: OpenAccount): Promise<Creator> {
  const freesAt = await deps.targets.takeBudget({
    budget: "tiktok.creator_calls",
    accountId: account.accountId,
    userId: account.userId,
    amount: 1,
  });
  if (freesAt) {
    const seconds = Math.max(1, (freesAt.getTime() - deps.clock().getTime()) / 1000);
    throw new ProviderApiError("tiktok", 429, "own_budget", seconds);
  }
  try {
    return await deps.creators.read(account.token);
  } catch (error) {
    if (!(error instanceof ProviderAuthError)) throw error;
  }
  const reopened = await deps.access.reopen(account);
  try {
    return await deps.creators.read(reopened.token);
  } catch (error) {
    if (error instanceof ProviderAuthError) await deps.access.end(reopened, error);
    throw error;
  }
}

function toInfo(creator: Creator): CreatorInfo {
  return {
    nickname: creator.nickname,
    username: creator.username,
    avatar_url: creator.avatarUrl,
    privacy_levels: TIKTOK_PRIVACY_LEVELS.filter((level) => creator.privacyLevels.includes(level)),
    comment_disabled: creator.isCommentDisabled,
    duet_disabled: creator.isDuetDisabled,
    stitch_disabled: creator.isStitchDisabled,
    max_duration_seconds: creator.maxDurationSeconds,
    obstacle: null,
  };
}

function toBlocked(connection: OauthConnectionRow, obstacle: CreatorInfo["obstacle"]): CreatorInfo {
  return {
    nickname: connection.account_name,
    username: connection.account_handle,
    avatar_url: connection.account_picture_url,
    privacy_levels: [...TIKTOK_PRIVACY_LEVELS],
    comment_disabled: false,
    duet_disabled: false,
    stitch_disabled: false,
    max_duration_seconds: null,
    obstacle,
  };
}
