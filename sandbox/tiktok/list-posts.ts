import type { Kit, StoredPost } from "../kit/provider.ts";
import { isThere, type Post } from "./post/post.ts";
import type { TiktokState } from "./state.ts";

/** Every post whose bytes are whole and which was not refused in processing, the oldest first. */
export function listPosts(kit: Kit, state: TiktokState): StoredPost[] {
  return [...state.posts.values()].filter(isThere).map((post) => ({
    platform: "tiktok",
    account: post.account,
    id: post.arrived!.postId,
    caption: post.info!.title,
    sha256: post.arrived!.sha256,
    bytes: post.received,
    created_at: new Date(post.arrived!.at).toISOString(),
    url: pageUrlOf(kit, state, post),
  }));
}

/** The page that plays a post: its address stands for https://www.tiktok.com/@{username}/video/{id}. */
export function pageUrlOf(kit: Kit, state: TiktokState, post: Post): string {
  const { username } = state.accounts.get(post.account)!;
  return `${kit.urls.TIKTOK_SITE_URL}/@${username}/video/${post.arrived!.postId}`;
}
