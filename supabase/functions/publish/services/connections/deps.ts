import type { RunInBackground } from "../../../_shared/core/background.ts";
import type { Clock } from "../../../_shared/core/clock.ts";
import type { KeyLogin, SocialLogin } from "../../../_shared/core/social-login.ts";
import type { TokenCipher } from "../../../_shared/core/token-cipher.ts";
import type { OauthConnections } from "../../../_shared/db/oauth-connections.ts";
import type { OauthStates } from "../../../_shared/db/oauth-states.ts";
import type { OauthTokens } from "../../../_shared/db/oauth-tokens.ts";
import type { TakeRateLimit } from "../../../_shared/db/rate-limits.ts";
import type { AccountAccess } from "../../../_shared/providers/oauth/account-access.ts";

/** What connecting and renewing accounts reaches outside of itself. */
export interface ConnectionDeps {
  clock: Clock;
  background: RunInBackground;
  cipher: TokenCipher;
  /** The sign-ins that are set up here, the usual one of a platform first. */
  logins: readonly SocialLogin[];
  /** Those without a page: their users bring a key. */
  keyLogins: readonly KeyLogin[];
  states: OauthStates;
  connections: OauthConnections;
  tokens: OauthTokens;
  access: AccountAccess;
  takeRateLimit: TakeRateLimit;
}

/** The person a use case works for. */
export interface Caller {
  id: string;
  token: string;
}
