import { privacyOptionsOf } from "../account.ts";
import type { ApiCall } from "../api/api-call.ts";
import { renderData } from "../tiktok-failure.ts";
import { findObstacle } from "./find-obstacle.ts";

/** POST creator_info/query: what the account may post now. An obstacle comes as an error with status 200. */
export function describeCreator({ kit, state, account }: ApiCall): Response {
  const obstacle = findObstacle(kit, state, account, 200);
  if (obstacle !== null) throw obstacle;
  return renderData({
    creator_avatar_url: `${kit.urls.SANDBOX_URL}/tiktok/@${account.username}/picture.png`,
    creator_username: account.username,
    creator_nickname: account.nickname,
    privacy_level_options: privacyOptionsOf(account),
    comment_disabled: account.isQuiet,
    // A private account's videos cannot be used by others.
    duet_disabled: account.isQuiet || account.isPrivate,
    stitch_disabled: account.isQuiet || account.isPrivate,
    max_video_post_duration_sec: account.maxDurationS,
  });
}
