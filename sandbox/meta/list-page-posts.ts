import type { Kit, StoredPost } from "../kit/provider.ts";
import { isVisibleAt } from "./page-reels/page-video.ts";
import { reelUrlOf } from "./page-reels/page-video-view.ts";
import type { MetaState } from "./state.ts";

/** Every Reel that people see on a Page, the oldest first. */
export function listPagePosts(kit: Kit, state: MetaState): StoredPost[] {
  const shown = [...state.pageVideos.videos.values()].filter((video) => isVisibleAt(video, kit.now()));
  return shown.map((video) => {
    const { title, description, visibleAt } = video.publication!;
    return {
      platform: "facebook",
      account: video.person,
      id: video.id,
      caption: [title, description].filter(Boolean).join("\n\n"),
      sha256: video.sha256!,
      bytes: video.received,
      created_at: new Date(visibleAt!).toISOString(),
      url: reelUrlOf(kit, video),
    };
  });
}
