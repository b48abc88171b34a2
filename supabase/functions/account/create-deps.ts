import { createBackground } from "../_shared/core/background.ts";
import { systemClock } from "../_shared/core/clock.ts";
import type { MicrosoftEnv, PlatformEnv } from "../_shared/core/env.ts";
import { consoleSink, type LogSink } from "../_shared/core/log.ts";
import { createTokenCipher } from "../_shared/core/token-cipher.ts";
import { createAccountDeletions } from "../_shared/db/account-deletions.ts";
import { createAccountData } from "../_shared/db/account-data.ts";
import { createAccountObjects } from "../_shared/db/account-objects.ts";
import { createAuthUsers } from "../_shared/db/auth-users.ts";
import { createDatabaseClients } from "../_shared/db/clients.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { createVerifyToken } from "../_shared/http/verify-token.ts";
import { createUploadUrlClient } from "../_shared/providers/microsoft/upload-url-client.ts";
import type { AccountRouterDeps } from "./router.ts";

interface Overrides {
  clock?: typeof systemClock;
  sink?: LogSink;
  fetch?: typeof fetch;
}

/** The real dependencies of the function, from its environment. */
export function createAccountDeps(
  env: PlatformEnv & MicrosoftEnv,
  overrides: Overrides = {},
): AccountRouterDeps {
  const { clock = systemClock, sink = consoleSink } = overrides;
  const clients = createDatabaseClients(env, overrides.fetch);
  return {
    clock,
    sink,
    background: createBackground(sink),
    verifyToken: createVerifyToken(env, clock),
    cronSecret: env.CRON_SECRET,
    cipher: createTokenCipher({
      keys: env.TOKEN_ENCRYPTION_KEYS,
      currentKeyId: env.TOKEN_ENCRYPTION_KEY_ID,
    }),
    uploadUrls: createUploadUrlClient({ fetch: overrides.fetch }),
    users: createAuthUsers(env, clients, overrides.fetch),
    deletions: createAccountDeletions(clients),
    objects: createAccountObjects(clients),
    data: createAccountData(clients),
    takeRateLimit: createTakeRateLimit(clients),
  };
}
