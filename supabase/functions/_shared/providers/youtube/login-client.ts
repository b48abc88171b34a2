import { z } from "zod";
import { type Clock, systemClock } from "../../core/clock.ts";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderAnswer, type ProviderHttpDeps } from "../../core/provider-http.ts";
import type { SocialLogin } from "../../core/social-login.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { createChannelClient } from "./channel-client.ts";
import { PROVIDER } from "./error-answer.ts";

const SCOPES = ["youtube.upload", "youtube.readonly"].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);
const CONFIG_ERRORS = ["invalid_client", "unauthorized_client", "redirect_uri_mismatch", "deleted_client"];

const REPEAT = "Google did not accept this sign-in. Connect YouTube again.";
const ALLOW_ALL =
  "Cliprelay may not upload to your channel yet. Connect YouTube again and leave every box on Google's page ticked.";
const NO_REFRESH =
  "Google did not let Cliprelay work while you are away. Remove Cliprelay under myaccount.google.com/connections, " +
  "then connect YouTube again.";

/** Rule: Google Identity, Using OAuth 2.0 for Web Server Applications. `scope` is what the person agreed to. */
const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
});
const failureSchema = z.object({ error: z.string() });

export interface YoutubeLoginOptions extends ProviderHttpDeps {
  loginUrl: string;
  tokenUrl: string;
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  clock?: Clock;
}

/** Google sign-in for a YouTube channel. */
export function createYoutubeLogin(options: YoutubeLoginOptions): SocialLogin {
  const { clock = systemClock } = options;
  const http = createProviderHttp(PROVIDER, options);
  const channels = createChannelClient({ apiUrl: options.apiUrl, http });

  async function requestToken(fields: Record<string, string>): Promise<ProviderAnswer> {
    const body = new URLSearchParams({
      client_id: options.clientId,
      client_secret: options.clientSecret,
      ...fields,
    });
    return await http.send(`${options.tokenUrl}/token`, { method: "POST", body });
  }

  function toTokens(answer: ProviderAnswer) {
    const { access_token, expires_in, ...rest } = http.parse(tokenSchema, answer);
    const expiresAt = new Date(clock().getTime() + expires_in * 1000);
    return {
      accessToken: access_token,
      refreshToken: rest.refresh_token ?? null,
      expiresAt,
      scope: rest.scope,
    };
  }

  return {
    platform: "youtube",
    route: "google",
    neededScopes: SCOPES,
    renewWhenLeftMs: 2 * 60_000,

    consentUrl: (state, codeChallenge) =>
      `${options.loginUrl}/o/oauth2/v2/auth?${new URLSearchParams({
        client_id: options.clientId,
        redirect_uri: options.redirectUri,
        response_type: "code",
        scope: SCOPES.join(" "),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        // Without both there is no refresh token for a person who agreed before.
        access_type: "offline",
        prompt: "consent",
        include_granted_scopes: "true",
      })}`,

    async exchangeCode(code, codeVerifier) {
      const answer = await requestToken({
        grant_type: "authorization_code",
        code,
        redirect_uri: options.redirectUri,
        code_verifier: codeVerifier,
      });
      if (!answer.response.ok) {
        const { error, failure } = readFailure(answer);
        if (failure && error !== "invalid_request") throw failure;
        throw new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
      }
      const { scope, ...tokens } = toTokens(answer);
      const granted = scope?.split(" ") ?? SCOPES;
      if (!SCOPES.every((each) => granted.includes(each))) {
        throw new ProviderUserError(PROVIDER, "scopes_declined", ALLOW_ALL);
      }
      if (!tokens.refreshToken) {
        throw new ProviderUserError(PROVIDER, "offline_access_missing", NO_REFRESH);
      }
      return tokens;
    },

    async openGrant(tokens) {
      const channel = await http.retryTransient(() => channels.getOwn(tokens.accessToken));
      // A sign-in is bound to the channel picked on Google's page.
      return { key: `google:${channel.id}`, scopes: SCOPES, tokens, accounts: [channel] };
    },

    // A renewal brings no new refresh token; the stored one stays good.
    async renew({ refreshToken }) {
      const answer = await requestToken({ grant_type: "refresh_token", refresh_token: refreshToken ?? "" });
      if (answer.response.ok) return { ...toTokens(answer), accountToken: null };
      const { error, failure } = readFailure(answer);
      throw failure ?? new ProviderAuthError(PROVIDER, error);
    },

    async revoke({ accessToken, refreshToken }) {
      const body = new URLSearchParams({ token: refreshToken ?? accessToken });
      await http.retryTransient(async () => {
        const answer = await http.send(`${options.tokenUrl}/revoke`, { method: "POST", body });
        // 400 means that it has ended already.
        if (answer.response.ok || answer.response.status === 400) return;
        throw new ProviderApiError(PROVIDER, answer.response.status, "revoke_failed");
      });
    },
  };
}

/** `failure` is absent when Google says that the grant is over. */
function readFailure(answer: ProviderAnswer): { error: string; failure?: Error } {
  const parsed = failureSchema.safeParse(answer.body);
  const error = parsed.success ? parsed.data.error : "";
  const { status } = answer.response;
  if (status < 500 && status !== 429 && error === "invalid_grant") return { error };
  if (CONFIG_ERRORS.includes(error)) return { error, failure: new ProviderConfigError(PROVIDER, error) };
  const isPassing = status >= 500 || status === 429;
  const failure = new ProviderApiError(
    PROVIDER,
    isPassing ? 503 : 502,
    error,
    readRetryAfter(answer.response),
  );
  return { error, failure };
}
