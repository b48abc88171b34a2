import { createBackground } from "../_shared/core/background.ts";
import { systemClock } from "../_shared/core/clock.ts";
import type { MicrosoftEnv, PlatformEnv } from "../_shared/core/env.ts";
import { consoleSink, type LogSink } from "../_shared/core/log.ts";
import { createTokenCipher } from "../_shared/core/token-cipher.ts";
import { createDatabaseClients } from "../_shared/db/clients.ts";
import { createOauthStates } from "../_shared/db/oauth-states.ts";
import { createOnedriveConnections } from "../_shared/db/onedrive-connections.ts";
import { createOnedriveTokens } from "../_shared/db/onedrive-tokens.ts";
import { createOnedriveUploads } from "../_shared/db/onedrive-uploads.ts";
import { createProductVideos } from "../_shared/db/product-videos.ts";
import { createProducts } from "../_shared/db/products.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { createVerifyToken } from "../_shared/http/verify-token.ts";
import { createMicrosoftAccess } from "../_shared/providers/microsoft/access.ts";
import { createGraphClient } from "../_shared/providers/microsoft/client.ts";
import { createMicrosoftLoginClient, toLoginOptions } from "../_shared/providers/microsoft/login-client.ts";
import { createUploadUrlClient } from "../_shared/providers/microsoft/upload-url-client.ts";
import type { OnedriveRouterDeps } from "./router.ts";

interface Overrides {
  clock?: typeof systemClock;
  sink?: LogSink;
  fetch?: typeof fetch;
}

/** The real dependencies of the function, from its environment. */
export function createOnedriveDeps(
  env: PlatformEnv & MicrosoftEnv,
  overrides: Overrides = {},
): OnedriveRouterDeps {
  const { clock = systemClock, sink = consoleSink } = overrides;
  const http = { fetch: overrides.fetch };
  const clients = createDatabaseClients(env, overrides.fetch);
  const tokens = createOnedriveTokens(clients.admin);
  const cipher = createTokenCipher({
    keys: env.TOKEN_ENCRYPTION_KEYS,
    currentKeyId: env.TOKEN_ENCRYPTION_KEY_ID,
  });
  const login = createMicrosoftLoginClient({ ...toLoginOptions(env), clock, ...http });
  return {
    clock,
    sink,
    cipher,
    login,
    tokens,
    background: createBackground(sink),
    verifyToken: createVerifyToken(env, clock),
    cronSecret: env.CRON_SECRET,
    webUrl: env.WEB_URL,
    graph: createGraphClient({ graphUrl: env.MICROSOFT_GRAPH_URL, ...http }),
    uploadUrls: createUploadUrlClient(http),
    access: createMicrosoftAccess({ store: tokens, login, cipher, clock }),
    states: createOauthStates(clients.admin),
    connections: createOnedriveConnections(clients),
    uploads: createOnedriveUploads(clients),
    products: createProducts(clients),
    takeRateLimit: createTakeRateLimit(clients),
    videos: createProductVideos(clients),
  };
}
