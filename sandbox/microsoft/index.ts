import type { Kit, Provider } from "../kit/provider.ts";
import { createDownloadOrigin } from "./download/download-origin.ts";
import { createGraphOrigin } from "./graph/graph-origin.ts";
import { createLoginOrigin } from "./login/login-origin.ts";
import { createFilePages } from "./pages.ts";
import { MicrosoftState } from "./state.ts";
import { listOpenUploads } from "./upload/list-open-uploads.ts";
import { createUploadOrigin } from "./upload/upload-origin.ts";

/** The pretend Microsoft: identity platform, Graph, and the hosts of upload and download addresses. */
export function createMicrosoft(kit: Kit): Provider {
  const state = new MicrosoftState(kit);
  return {
    service: "microsoft",
    origins: {
      MICROSOFT_LOGIN_URL: createLoginOrigin(kit, state),
      MICROSOFT_GRAPH_URL: createGraphOrigin(kit, state),
      MICROSOFT_UPLOAD_URL: createUploadOrigin(kit, state),
      MICROSOFT_DOWNLOAD_URL: createDownloadOrigin(kit, state),
    },
    snapshot: () => state.snapshot(),
    restore: (saved) => state.restore(saved as Parameters<MicrosoftState["restore"]>[0]),
    reset: () => state.clear(),
    blobIds: () => state.blobIds(),
    files: () => state.listFiles(),
    uploads: () => listOpenUploads(kit, state),
    pages: createFilePages(kit, state),
  };
}
