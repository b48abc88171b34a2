import type { ApiCall } from "../api/api-call.ts";
import { notAuthorized, renderData } from "../tiktok-failure.ts";
import { authenticate } from "../api/authenticate.ts";
import { publicVideosOf, readFields } from "./video-view.ts";

/** Fields by the scope that opens them. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "user.info.basic": ["open_id", "union_id", "avatar_url", "avatar_url_100", "display_name"],
  "user.info.profile": ["bio_description", "profile_deep_link", "is_verified", "username"],
  "user.info.stats": ["follower_count", "following_count", "likes_count", "video_count"],
};

/** GET user/info: what the scopes of the token open of its account. */
export function readUser({ kit, state, account, request, query }: ApiCall): Response {
  const fields = readFields(query, Object.values(FIELDS).flat());
  const { scopes } = authenticate(kit, state, request);
  for (const field of fields) {
    const scope = Object.keys(FIELDS).find((name) => FIELDS[name]!.includes(field))!;
    if (!scopes.includes(scope)) throw notAuthorized(scope);
  }
  const picture = `${kit.urls.SANDBOX_URL}/tiktok/@${account.username}/picture.png`;
  const shown: Record<string, unknown> = {
    open_id: account.openId,
    union_id: account.unionId,
    avatar_url: picture,
    avatar_url_100: picture,
    display_name: account.nickname,
    bio_description: "",
    profile_deep_link: `${kit.urls.TIKTOK_SITE_URL}/@${account.username}`,
    is_verified: false,
    username: account.username,
    follower_count: 0,
    following_count: 0,
    likes_count: 0,
    video_count: publicVideosOf(kit, state, account.name).length,
  };
  return renderData({ user: Object.fromEntries(fields.map((field) => [field, shown[field]])) });
}
