import type { Kit, StoredPost } from "../kit/provider.ts";
import type { GoogleState } from "./state.ts";
import { uploadStatusAt, type Video } from "./video/video.ts";

/** Every video that was not refused in processing, the oldest first; the caption is title and description. */
export function listPosts(kit: Kit, state: GoogleState): StoredPost[] {
  const now = kit.now();
  const kept = [...state.videos.values()].filter((video) => {
    const status = uploadStatusAt(video, now);
    return status === "uploaded" || status === "processed";
  });
  return kept.map((video) => ({
    platform: "youtube",
    account: video.account,
    id: video.id,
    caption: [video.snippet.title, video.snippet.description].filter(Boolean).join("\n\n"),
    sha256: video.sha256,
    bytes: video.size,
    created_at: new Date(video.createdAt).toISOString(),
    url: pageUrlOf(kit, video),
  }));
}

/** The page that plays a video: its address stands for https://www.youtube.com/shorts/{id}. */
export function pageUrlOf(kit: Kit, video: Video): string {
  return `${kit.urls.YOUTUBE_SITE_URL}/shorts/${video.id}`;
}
