import type { Kit, Provider } from "../kit/provider.ts";
import { createApiOrigin } from "./api/api-origin.ts";
import { listPosts } from "./list-posts.ts";
import { createLoginOrigin } from "./login/login-origin.ts";
import { createVideoPages } from "./pages.ts";
import { GoogleState } from "./state.ts";
import { IdTokenSigner } from "./token/id-token.ts";
import { createTokenOrigin } from "./token/token-origin.ts";
import { listOpenUploads } from "./upload/session-life.ts";

/** The pretend Google: accounts, tokens, and YouTube's Data API with its uploads. */
export function createGoogle(kit: Kit): Provider {
  const state = new GoogleState(kit);
  const signer = new IdTokenSigner();
  const api = createApiOrigin(kit, state, signer);
  return {
    service: "google",
    origins: {
      GOOGLE_OAUTH_URL: createLoginOrigin(kit, state),
      GOOGLE_TOKEN_URL: createTokenOrigin(kit, state, signer),
      YOUTUBE_API_URL: api,
      YOUTUBE_UPLOAD_URL: api,
    },
    snapshot: () => state.snapshot(),
    restore: (saved) => state.restore(saved as Parameters<GoogleState["restore"]>[0]),
    reset: () => state.clear(),
    blobIds: () => state.blobIds(),
    uploads: () => listOpenUploads(kit, state),
    posts: () => listPosts(kit, state),
    pages: createVideoPages(kit, state),
  };
}
