import { createBackground } from "../_shared/core/background.ts";
import type { MicrosoftEnv, PlatformEnv, SocialEnv, TranscoderEnv } from "../_shared/core/env.ts";
import { createMetaGrants } from "../_shared/db/meta-grants.ts";
import { createOauthConnections } from "../_shared/db/oauth-connections.ts";
import { createOauthStates } from "../_shared/db/oauth-states.ts";
import { createOauthTokens } from "../_shared/db/oauth-tokens.ts";
import { createTakeRateLimit } from "../_shared/db/rate-limits.ts";
import { createReadinessChecks } from "../_shared/db/readiness-checks.ts";
import { createBlotatoLogin } from "../_shared/providers/blotato/key-login.ts";
import { readSignedRequest } from "../_shared/providers/facebook/signed-request.ts";
import { createAccountAccess } from "../_shared/providers/oauth/account-access.ts";
import { createMicrosoftDeps, type DepsOverrides } from "../_shared/wiring/create-microsoft-deps.ts";
import { createSocialLogins } from "../_shared/wiring/create-social-logins.ts";
import { createPostingDeps } from "./create-posting-deps.ts";
import type { PublishRouterDeps } from "./router.ts";
import type { MetaApp } from "./services/connections/meta-callbacks.ts";

/** The real dependencies of the function, from its environment. */
export function createPublishDeps(
  env: PlatformEnv & MicrosoftEnv & SocialEnv & TranscoderEnv,
  overrides: DepsOverrides = {},
): PublishRouterDeps {
  const microsoft = createMicrosoftDeps(env, overrides);
  const { clients, clock, sink, cipher, verifyToken } = microsoft;
  const logins = createSocialLogins(env, { clock, fetch: overrides.fetch });
  const keyLogins = [createBlotatoLogin({ url: env.BLOTATO_URL, fetch: overrides.fetch })];
  const tokens = createOauthTokens(clients.admin);
  const findLogin = (platform: string, route: string) =>
    [...logins, ...keyLogins].find((login) => login.platform === platform && login.route === route) ?? null;
  return {
    ...createPostingDeps(env, microsoft, overrides),
    clock,
    sink,
    cipher,
    verifyToken,
    background: createBackground(sink),
    cronSecret: env.CRON_SECRET,
    webUrl: env.WEB_URL,
    metaApps: listMetaApps(env),
    metaGrants: createMetaGrants(clients.admin),
    logins,
    keyLogins,
    states: createOauthStates(clients.admin),
    connections: createOauthConnections(clients),
    readiness: createReadinessChecks(clients.admin),
    tokens,
    access: createAccountAccess({ store: tokens, findLogin, cipher, clock }),
    takeRateLimit: createTakeRateLimit(clients),
  };
}

/** The apps that send Meta's callbacks; one that is not set up signs nothing. */
function listMetaApps(env: SocialEnv): MetaApp[] {
  const secrets = [
    { signIn: "facebook", secret: env.META_APP_SECRET },
    { signIn: "instagram", secret: env.INSTAGRAM_APP_SECRET },
  ] as const;
  return secrets.filter(({ secret }) => secret !== "").map(({ signIn, secret }) => ({
    signIn,
    readMessage: (signedRequest) => readSignedRequest(signedRequest, secret),
  }));
}
