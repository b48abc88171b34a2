import { createBackground } from "../_shared/core/background.ts";
import type { MicrosoftEnv, PlatformEnv, SocialEnv, TranscoderEnv } from "../_shared/core/env.ts";
import { createOauthConnections } from "../_shared/db/oauth-connections.ts";
import { createOauthStates } from "../_shared/db/oauth-states.ts";
import { createOauthTokens } from "../_shared/db/oauth-tokens.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { createAccountAccess } from "../_shared/providers/oauth/account-access.ts";
import { createMicrosoftDeps, type DepsOverrides } from "../_shared/wiring/create-microsoft-deps.ts";
import { createSocialLogins } from "../_shared/wiring/create-social-logins.ts";
import { createPostingDeps } from "./create-posting-deps.ts";
import type { PublishRouterDeps } from "./router.ts";

/** The real dependencies of the function, from its environment. */
export function createPublishDeps(
  env: PlatformEnv & MicrosoftEnv & SocialEnv & TranscoderEnv,
  overrides: DepsOverrides = {},
): PublishRouterDeps {
  const microsoft = createMicrosoftDeps(env, overrides);
  const { clients, clock, sink, cipher, verifyToken } = microsoft;
  const logins = createSocialLogins(env, { clock, fetch: overrides.fetch });
  const tokens = createOauthTokens(clients.admin);
  const findLogin = (platform: string, route: string) =>
    logins.find((login) => login.platform === platform && login.route === route) ?? null;
  return {
    ...createPostingDeps(env, microsoft, overrides),
    clock,
    sink,
    cipher,
    verifyToken,
    background: createBackground(sink),
    cronSecret: env.CRON_SECRET,
    webUrl: env.WEB_URL,
    logins,
    states: createOauthStates(clients.admin),
    connections: createOauthConnections(clients),
    tokens,
    access: createAccountAccess({ store: tokens, findLogin, cipher, clock }),
    takeRateLimit: createTakeRateLimit(clients),
  };
}
