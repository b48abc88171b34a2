import { z } from "zod";
import { type Clock, systemClock } from "../../core/clock.ts";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderAnswer, type ProviderHttpDeps } from "../../core/provider-http.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import type { SocialAccount, SocialLogin } from "../../core/social-login.ts";
import { createTiktokApi } from "./api.ts";
import { createTiktokCreatorClient } from "./creator-client.ts";
import { PROVIDER, TiktokCapReached, TiktokRefusal } from "./error-answer.ts";

const SCOPES = ["user.info.basic", "video.publish", "video.list"];
const CONFIG_ERRORS = ["invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

const REPEAT = "TikTok did not accept this sign-in. Connect TikTok again.";
const ALLOW_ALL =
  "Cliprelay may not post to your TikTok account yet. Connect TikTok again and leave every switch on TikTok's page on.";

/** Rule: TikTok for Developers, Manage User Access Tokens. `scope` is what the person agreed to. */
const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1),
  open_id: z.string().min(1),
  scope: z.string().optional(),
});
/** A refusal may come with status 200. */
const failureSchema = z.object({ error: z.string().min(1) });
const userSchema = z.object({
  user: z.object({
    open_id: z.string().min(1),
    display_name: z.string().nullish(),
    avatar_url: z.string().nullish(),
  }),
});

export interface TiktokLoginOptions extends ProviderHttpDeps {
  authUrl: string;
  apiUrl: string;
  clientKey: string;
  clientSecret: string;
  redirectUri: string;
  clock?: Clock;
}

/**
 * TikTok's Login Kit for one account. As a web app it proves itself by its secret, without PKCE. A refresh token works
 * once: the default fetch never repeats a request unseen.
 */
export function createTiktokLogin(options: TiktokLoginOptions): SocialLogin {
  const { clientKey, clientSecret, redirectUri, clock = systemClock } = options;
  const http = createProviderHttp(PROVIDER, { ...options, fetch: options.fetch ?? fetchOnOwnConnection });
  const api = createTiktokApi({ apiUrl: options.apiUrl, http });
  const creators = createTiktokCreatorClient(api);

  async function request(path: string, fields: Record<string, string>): Promise<ProviderAnswer> {
    const body = new URLSearchParams({ client_key: clientKey, client_secret: clientSecret, ...fields });
    return await http.send(`${options.apiUrl}/v2/oauth/${path}/`, { method: "POST", body });
  }

  function toTokens(answer: ProviderAnswer) {
    const { access_token, refresh_token, expires_in, scope } = http.parse(tokenSchema, answer);
    const expiresAt = new Date(clock().getTime() + expires_in * 1000);
    return { tokens: { accessToken: access_token, refreshToken: refresh_token, expiresAt }, scope };
  }

  async function renew(refreshToken: string | null) {
    const fields = { grant_type: "refresh_token", refresh_token: refreshToken ?? "" };
    const answer = await request("token", fields);
    const refusal = readFailure(answer);
    if (!refusal) return toTokens(answer).tokens;
    throw refusal.failure ?? new ProviderAuthError(PROVIDER, refusal.error);
  }

  /** The name in the address of the profile; an account that may not post now does not tell it. */
  async function findHandle(token: string): Promise<string | null> {
    try {
      return (await creators.read(token)).username;
    } catch (error) {
      if (error instanceof TiktokCapReached || error instanceof TiktokRefusal) return null;
      throw error;
    }
  }

  async function readAccount(token: string): Promise<SocialAccount> {
    const path = "/v2/user/info/?fields=open_id,display_name,avatar_url";
    const { user } = await api.get(userSchema, token, path);
    return {
      id: user.open_id,
      name: user.display_name ?? null,
      handle: await findHandle(token),
      pictureUrl: user.avatar_url ?? null,
      token: null,
    };
  }

  return {
    platform: "tiktok",
    route: "tiktok",
    neededScopes: SCOPES,
    renewWhenLeftMs: 5 * 60_000,

    consentUrl: (state) =>
      `${options.authUrl}/v2/auth/authorize/?${new URLSearchParams({
        client_key: clientKey,
        response_type: "code",
        scope: SCOPES.join(","),
        redirect_uri: redirectUri,
        state,
      })}`,

    async exchangeCode(code) {
      const answer = await request("token", {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
      });
      const refusal = readFailure(answer);
      if (refusal) {
        if (refusal.failure && refusal.error !== "invalid_request") throw refusal.failure;
        throw new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
      }
      const { tokens, scope } = toTokens(answer);
      const granted = scope?.split(",").map((each) => each.trim()) ?? SCOPES;
      if (SCOPES.every((each) => granted.includes(each))) return tokens;
      throw new ProviderUserError(PROVIDER, "scopes_declined", ALLOW_ALL);
    },

    async openGrant(tokens) {
      try {
        const account = await http.retryTransient(() => readAccount(tokens.accessToken));
        return { key: `tiktok:${account.id}`, scopes: SCOPES, tokens, accounts: [account] };
      } catch (error) {
        throw toSignInFailure(error);
      }
    },

    async renew({ refreshToken }) {
      return { ...(await renew(refreshToken)), accountToken: null };
    },

    // An access token that has ended revokes nothing, and says no more than that it is invalid.
    async revoke({ accessToken, refreshToken }) {
      if (await revokeToken(accessToken)) return;
      const renewed = await renew(refreshToken).catch((error) => {
        if (error instanceof ProviderAuthError) return null;
        throw error;
      });
      if (renewed) await revokeToken(renewed.accessToken);
    },
  };

  /** False when TikTok does not know the token any more. */
  async function revokeToken(token: string): Promise<boolean> {
    return await http.retryTransient(async () => {
      const answer = await request("revoke", { token });
      const refusal = readFailure(answer);
      if (refusal?.failure && refusal.error !== "invalid_request") throw refusal.failure;
      return refusal === null;
    });
  }
}

/** Null for an answer that grants. `failure` is absent when TikTok says that the grant is over. */
function readFailure(answer: ProviderAnswer): { error: string; failure?: Error } | null {
  const { status, ok } = answer.response;
  const parsed = failureSchema.safeParse(answer.body);
  if (ok && !parsed.success) return null;
  const error = parsed.success ? parsed.data.error : "";
  const isPassing = status >= 500 || status === 429;
  if (!isPassing && error === "invalid_grant") return { error };
  if (CONFIG_ERRORS.includes(error)) return { error, failure: new ProviderConfigError(PROVIDER, error) };
  const retryAfter = readRetryAfter(answer.response);
  return { error, failure: new ProviderApiError(PROVIDER, isPassing ? 503 : 502, error, retryAfter) };
}

/** What a refusal means for somebody who just signed in. */
function toSignInFailure(error: unknown): unknown {
  if (error instanceof ProviderAuthError) {
    return new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
  }
  return error instanceof TiktokRefusal ? new ProviderApiError(PROVIDER, 502, error.code) : error;
}
