import type { Kit, Provider } from "../kit/provider.ts";
import { createApiOrigin } from "./api/api-origin.ts";
import { listPosts } from "./list-posts.ts";
import { listUploads } from "./list-uploads.ts";
import { createLoginOrigin } from "./login/login-origin.ts";
import { createPostPages } from "./pages.ts";
import { pullVideo } from "./post/pull-video.ts";
import { TiktokState } from "./state.ts";
import { createUploadOrigin } from "./upload/upload-origin.ts";

/** The pretend TikTok: accounts, tokens, the Content Posting API with its uploads, and the Display API. */
export function createTiktok(kit: Kit): Provider {
  const state = new TiktokState(kit);
  return {
    service: "tiktok",
    origins: {
      TIKTOK_AUTH_URL: createLoginOrigin(kit, state),
      TIKTOK_API_URL: createApiOrigin(kit, state),
      TIKTOK_UPLOAD_URL: createUploadOrigin(kit, state),
    },
    snapshot: () => state.snapshot(),
    restore: (saved) => {
      state.restore(saved as Parameters<TiktokState["restore"]>[0]);
      // A pull that a restart interrupted begins anew.
      for (const post of state.posts.values()) {
        if (post.arrived === null && post.failReason === null) void pullVideo(kit, state, post, null);
      }
    },
    reset: () => state.clear(),
    blobIds: () => state.blobIds(),
    uploads: () => listUploads(kit, state),
    posts: () => listPosts(kit, state),
    pages: createPostPages(kit, state),
  };
}
