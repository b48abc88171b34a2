import type { Kit, OpenUpload } from "../kit/provider.ts";
import { videoStatusAt } from "./page-reels/page-video.ts";
import { statusAt } from "./reels/container.ts";
import type { MetaState } from "./state.ts";

/** Every container and every video of a Page that still takes bytes or pulls them. */
export function listUploads(kit: Kit, state: MetaState): OpenUpload[] {
  const now = kit.now();
  const containers = [...state.reels.containers.values()].filter((container) =>
    container.sha256 === null && statusAt(container, now) === "IN_PROGRESS"
  );
  const videos = [...state.pageVideos.videos.values()].filter((video) =>
    videoStatusAt(video, now) === "uploading"
  );
  return [
    ...containers.map((container) => ({
      account: container.person,
      name: container.caption,
      size: container.source.kind === "resumable" ? container.source.total : null,
      received: container.received,
      expires_at: new Date(container.expiresAt).toISOString(),
    })),
    ...videos.map((video) => ({
      account: video.person,
      name: video.id,
      size: video.total,
      received: video.received,
      expires_at: new Date(video.expiresAt).toISOString(),
    })),
  ];
}
