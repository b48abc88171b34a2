import type { Kit, StoredPost } from "../kit/provider.ts";
import { permalinkOf } from "./reels/media-view.ts";
import type { MetaState } from "./state.ts";

/** Every published Reel, the oldest first. */
export function listPosts(kit: Kit, state: MetaState): StoredPost[] {
  return [...state.reels.media.values()].map((media) => ({
    platform: "instagram",
    account: media.person,
    id: media.id,
    caption: media.caption,
    sha256: media.sha256,
    bytes: media.size,
    created_at: new Date(media.createdAt).toISOString(),
    url: permalinkOf(kit, media),
  }));
}
