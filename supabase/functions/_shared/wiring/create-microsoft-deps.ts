import { systemClock } from "../core/clock.ts";
import type { MicrosoftEnv, PlatformEnv } from "../core/env.ts";
import { consoleSink, type LogSink } from "../core/log.ts";
import { createTokenCipher } from "../core/token-cipher.ts";
import { createDatabaseClients } from "../db/clients.ts";
import { createOnedriveItems } from "../db/onedrive-items.ts";
import { createOnedriveTokens } from "../db/onedrive-tokens.ts";
import { createProductVideos } from "../db/product-videos.ts";
import { createProducts } from "../db/products.ts";
import { createVerifyToken } from "../http/verify-token.ts";
import { createMicrosoftAccess } from "../providers/microsoft/access.ts";
import { createGraphClient } from "../providers/microsoft/client.ts";
import { createGraphHttp } from "../providers/microsoft/graph-http.ts";
import { createLibraryClient } from "../providers/microsoft/library-client.ts";
import { createMicrosoftLoginClient, toLoginOptions } from "../providers/microsoft/login-client.ts";
import { createGetThumbnails } from "../providers/microsoft/thumbnails.ts";

export interface DepsOverrides {
  clock?: typeof systemClock;
  sink?: LogSink;
  fetch?: typeof fetch;
}

/** What every function that works with a user's OneDrive is built from. */
export function createMicrosoftDeps(env: PlatformEnv & MicrosoftEnv, overrides: DepsOverrides = {}) {
  const { clock = systemClock, sink = consoleSink } = overrides;
  const clients = createDatabaseClients(env, overrides.fetch);
  const tokens = createOnedriveTokens(clients.admin);
  const cipher = createTokenCipher({
    keys: env.TOKEN_ENCRYPTION_KEYS,
    currentKeyId: env.TOKEN_ENCRYPTION_KEY_ID,
  });
  const options = { graphUrl: env.MICROSOFT_GRAPH_URL, clock, fetch: overrides.fetch };
  const graphHttp = createGraphHttp(options);
  const login = createMicrosoftLoginClient({ ...toLoginOptions(env), clock, fetch: overrides.fetch });
  return {
    clock,
    sink,
    clients,
    tokens,
    cipher,
    login,
    graphHttp,
    graph: createGraphClient(options, graphHttp),
    library: createLibraryClient(graphHttp, options),
    getThumbnails: createGetThumbnails(graphHttp, options),
    access: createMicrosoftAccess({ store: tokens, login, cipher, clock }),
    verifyToken: createVerifyToken(env, clock),
    videos: createProductVideos(clients),
    products: createProducts(clients),
    items: createOnedriveItems(clients),
  };
}
