import { createBackground } from "../_shared/core/background.ts";
import { systemClock, systemSleep } from "../_shared/core/clock.ts";
import type { MailEnv, MicrosoftEnv, PlatformEnv, SocialEnv } from "../_shared/core/env.ts";
import { consoleSink, type LogSink, writeLogLine } from "../_shared/core/log.ts";
import { createTokenCipher } from "../_shared/core/token-cipher.ts";
import { createAccountDeletions } from "../_shared/db/account-deletions.ts";
import { createAccountData } from "../_shared/db/account-data.ts";
import { createAccountObjects } from "../_shared/db/account-objects.ts";
import { createAuthUsers } from "../_shared/db/auth-users.ts";
import { createDatabaseClients } from "../_shared/db/clients.ts";
import { createMailOutbox } from "../_shared/db/mail-outbox.ts";
import { createOauthTokens } from "../_shared/db/oauth-tokens.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { createVerifyToken } from "../_shared/http/verify-token.ts";
import { createUploadUrlClient } from "../_shared/providers/microsoft/upload-url-client.ts";
import { createAccountAccess } from "../_shared/providers/oauth/account-access.ts";
import { createResendClient } from "../_shared/providers/resend/client.ts";
import { createSocialLogins } from "../_shared/wiring/create-social-logins.ts";
import type { AccountRouterDeps } from "./router.ts";

interface Overrides {
  clock?: typeof systemClock;
  sink?: LogSink;
  fetch?: typeof fetch;
}

/** The real dependencies of the function, from its environment. */
export function createAccountDeps(
  env: PlatformEnv & MicrosoftEnv & SocialEnv & MailEnv,
  overrides: Overrides = {},
): AccountRouterDeps {
  const { clock = systemClock, sink = consoleSink } = overrides;
  const clients = createDatabaseClients(env, overrides.fetch);
  const cipher = createTokenCipher({
    keys: env.TOKEN_ENCRYPTION_KEYS,
    currentKeyId: env.TOKEN_ENCRYPTION_KEY_ID,
  });
  const logins = createSocialLogins(env, { clock, fetch: overrides.fetch });
  const findLogin = (platform: string, route: string) =>
    logins.find((login) => login.platform === platform && login.route === route) ?? null;
  return {
    clock,
    sink,
    background: createBackground(sink),
    verifyToken: createVerifyToken(env, clock),
    cronSecret: env.CRON_SECRET,
    cipher,
    access: createAccountAccess({ store: createOauthTokens(clients.admin), findLogin, cipher, clock }),
    sleep: systemSleep,
    logError: (about, error) => writeLogLine(sink, { domain: "account", outcome: "error", ...about, error }),
    uploadUrls: createUploadUrlClient({ fetch: overrides.fetch }),
    users: createAuthUsers(env, clients, overrides.fetch),
    deletions: createAccountDeletions(clients),
    objects: createAccountObjects(clients),
    data: createAccountData(env, clients, overrides.fetch),
    takeRateLimit: createTakeRateLimit(clients),
    mails: createMailOutbox(clients.admin),
    mailer: env.RESEND_API_KEY
      ? createResendClient({
        url: env.RESEND_URL,
        key: env.RESEND_API_KEY,
        from: env.MAIL_FROM,
        fetch: overrides.fetch,
      })
      : null,
    webUrl: env.WEB_URL,
  };
}
