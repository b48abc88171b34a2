import { createBackground } from "../_shared/core/background.ts";
import type { MicrosoftEnv, PlatformEnv } from "../_shared/core/env.ts";
import { createOauthStates } from "../_shared/db/oauth-states.ts";
import { createOnedriveConnections } from "../_shared/db/onedrive-connections.ts";
import { createOnedriveUploads } from "../_shared/db/onedrive-uploads.ts";
import { createOnedriveWatches } from "../_shared/db/onedrive-watches.ts";
import { createReleasedUploadUrls } from "../_shared/db/released-upload-urls.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { commitUpload } from "../_shared/providers/microsoft/commit-upload.ts";
import { createChangeLog } from "../_shared/providers/microsoft/change-log.ts";
import { createUploadUrlClient } from "../_shared/providers/microsoft/upload-url-client.ts";
import { createMicrosoftDeps, type DepsOverrides } from "../_shared/wiring/create-microsoft-deps.ts";
import type { OnedriveRouterDeps } from "./router.ts";

/** The real dependencies of the function, from its environment. */
export function createOnedriveDeps(
  env: PlatformEnv & MicrosoftEnv,
  overrides: DepsOverrides = {},
): OnedriveRouterDeps {
  const { clients, graphHttp, ...shared } = createMicrosoftDeps(env, overrides);
  return {
    ...shared,
    background: createBackground(shared.sink),
    cronSecret: env.CRON_SECRET,
    webUrl: env.WEB_URL,
    changeLog: createChangeLog(graphHttp),
    uploadUrls: createUploadUrlClient({ fetch: overrides.fetch, allowOrigins: env.OUTBOUND_ALLOW_ORIGINS }),
    states: createOauthStates(clients.admin),
    connections: createOnedriveConnections(clients),
    uploads: createOnedriveUploads(clients),
    releasedUrls: createReleasedUploadUrls(clients),
    commitUpload: (token, target) => commitUpload(graphHttp, token, target),
    watches: createOnedriveWatches(clients.admin),
    takeRateLimit: createTakeRateLimit(clients),
  };
}
