import { systemClock } from "../_shared/core/clock.ts";
import type { MicrosoftEnv, PlatformEnv } from "../_shared/core/env.ts";
import { consoleSink, type LogSink } from "../_shared/core/log.ts";
import { createTokenCipher } from "../_shared/core/token-cipher.ts";
import { createDatabaseClients } from "../_shared/db/clients.ts";
import { createOnedriveTokens } from "../_shared/db/onedrive-tokens.ts";
import { createPosters } from "../_shared/db/posters.ts";
import { createProductVideos } from "../_shared/db/product-videos.ts";
import { createProducts } from "../_shared/db/products.ts";
import { createVerifyToken } from "../_shared/http/verify-token.ts";
import { createMicrosoftAccess } from "../_shared/providers/microsoft/access.ts";
import { createGraphClient } from "../_shared/providers/microsoft/client.ts";
import { createMicrosoftLoginClient, toLoginOptions } from "../_shared/providers/microsoft/login-client.ts";
import type { VideosRouterDeps } from "./router.ts";

interface Overrides {
  clock?: typeof systemClock;
  sink?: LogSink;
  fetch?: typeof fetch;
}

/** The real dependencies of the function, from its environment. */
export function createVideosDeps(
  env: PlatformEnv & MicrosoftEnv,
  overrides: Overrides = {},
): VideosRouterDeps {
  const { clock = systemClock, sink = consoleSink } = overrides;
  const http = { fetch: overrides.fetch };
  const clients = createDatabaseClients(env, overrides.fetch);
  const cipher = createTokenCipher({
    keys: env.TOKEN_ENCRYPTION_KEYS,
    currentKeyId: env.TOKEN_ENCRYPTION_KEY_ID,
  });
  const login = createMicrosoftLoginClient({ ...toLoginOptions(env), clock, ...http });
  return {
    clock,
    sink,
    verifyToken: createVerifyToken(env, clock),
    videos: createProductVideos(clients),
    products: createProducts(clients),
    posters: createPosters(clients),
    graph: createGraphClient({ graphUrl: env.MICROSOFT_GRAPH_URL, ...http }),
    access: createMicrosoftAccess({ store: createOnedriveTokens(clients.admin), login, cipher, clock }),
  };
}
