import type { Kit, Provider } from "../kit/provider.ts";
import { createFacebookDialogOrigin, createInstagramDialogOrigin } from "./dialog/dialog-origin.ts";
import { createFacebookPages } from "./facebook-pages.ts";
import { createGraphOrigin } from "./graph/graph-origin.ts";
import { createOperations } from "./graph/operations.ts";
import { listPagePosts } from "./list-page-posts.ts";
import { listPosts } from "./list-posts.ts";
import { listUploads } from "./list-uploads.ts";
import { createDebugToken } from "./login/debug-token.ts";
import { createFacebookTokenEndpoint } from "./login/facebook-token.ts";
import { createInstagramCodeOrigin } from "./login/instagram-code-origin.ts";
import { createInstagramTokenEndpoints } from "./login/instagram-token.ts";
import { createReelPages } from "./pages.ts";
import { VideoPuller } from "./reels/video-puller.ts";
import { MetaState } from "./state.ts";
import { createUploadOrigin } from "./upload/upload-origin.ts";
import { UsageMeter } from "./usage-meter.ts";

/**
 * The pretend Meta: the hosts of Facebook and those of Instagram, two services of the control API over the same
 * people and accounts. The first one keeps the state of both.
 */
export function createMeta(kit: Kit): Provider[] {
  const state = new MetaState(kit);
  const puller = new VideoPuller(kit, state);
  const operations = createOperations(puller);
  const meter = new UsageMeter();
  const facebookToken = createFacebookTokenEndpoint(kit, state);
  const instagramToken = createInstagramTokenEndpoints(kit, state);

  const facebook: Provider = {
    service: "meta",
    origins: {
      META_DIALOG_URL: createFacebookDialogOrigin(kit, state),
      META_GRAPH_URL: createGraphOrigin(kit, state, {
        host: "facebook",
        operations,
        meter,
        endpoints: {
          "oauth/access_token": { methods: ["GET", "POST"], answer: facebookToken },
          "debug_token": { methods: ["GET"], answer: createDebugToken(kit, state) },
        },
      }),
      META_UPLOAD_URL: createUploadOrigin(kit, state, puller),
    },
    snapshot: () => state.snapshot(),
    restore: (saved) => {
      state.restore(saved as Parameters<MetaState["restore"]>[0]);
      puller.resumeAll();
    },
    reset: () => {
      puller.abortAll();
      meter.clear();
      state.clear();
    },
    blobIds: () => [...state.reels.blobIds(), ...state.pageVideos.blobIds()],
    uploads: () => listUploads(kit, state),
    posts: () => listPagePosts(kit, state),
    pages: createFacebookPages(kit, state),
  };

  const instagram: Provider = {
    service: "instagram",
    origins: {
      INSTAGRAM_OAUTH_URL: createInstagramDialogOrigin(kit, state),
      INSTAGRAM_API_URL: createInstagramCodeOrigin(kit, state),
      INSTAGRAM_GRAPH_URL: createGraphOrigin(kit, state, {
        host: "instagram",
        operations,
        meter,
        endpoints: {
          "access_token": { methods: ["GET"], answer: instagramToken.exchange },
          "refresh_access_token": { methods: ["GET"], answer: instagramToken.refresh },
        },
      }),
    },
    snapshot: () => null,
    restore: () => {},
    reset: () => {},
    blobIds: () => [],
    posts: () => listPosts(kit, state),
    pages: createReelPages(kit, state),
  };
  return [facebook, instagram];
}
