import { z } from "zod";
import { type Clock, systemClock } from "../../core/clock.ts";
import { ProviderApiError, ProviderAuthError, ProviderUserError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderHttpDeps } from "../../core/provider-http.ts";
import type { SocialAccount, SocialLogin } from "../../core/social-login.ts";
import { GraphRefusal, isPermissionGone, PROVIDER, translateGraphError } from "./error-answer.ts";
import { createPagesClient, type PagesClient } from "./pages-client.ts";

/** Answers may leave the lifetime out; long-lived tokens live 60 days. */
const ASSUMED_LIFETIME_SECONDS = 59 * 24 * 3600;

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});
const permissionsSchema = z.object({
  data: z.array(z.object({ permission: z.string(), status: z.string() })),
});
const personSchema = z.object({ id: z.string().min(1) });

export interface FacebookLoginOptions extends ProviderHttpDeps {
  dialogUrl: string;
  graphUrl: string;
  version: string;
  appId: string;
  appSecret: string;
  redirectUri: string;
  clock?: Clock;
}

/** What a sign-in through Facebook is for. */
export interface ConsentPurpose {
  platform: "instagram" | "facebook";
  /** Without one of these nothing can be published. */
  needed: readonly string[];
  /** Asked for beside them; a person may leave them out. */
  wished: readonly string[];
  /** Said when the sign-in was not accepted, and when a permission is missing. */
  sentences: { repeat: string; allowAll: string };
  listAccounts(pages: PagesClient, token: string, scopes: readonly string[]): Promise<SocialAccount[]>;
  /** The token of the Page that leads to an account; null when none does any more. */
  findPageToken(pages: PagesClient, token: string, accountId: string): Promise<string | null>;
}

/**
 * Facebook Login. One person's permission covers all purposes: the key of its grants is the person's, and revoking
 * it ends all of them.
 */
export function createFacebookConsent(options: FacebookLoginOptions, purpose: ConsentPurpose): SocialLogin {
  const { appId, appSecret, redirectUri, clock = systemClock } = options;
  const { repeat, allowAll } = purpose.sentences;
  const http = createProviderHttp(PROVIDER, options);
  const base = `${options.graphUrl}/${options.version}`;
  const pages = createPagesClient({ base, http });
  const client = { client_id: appId, client_secret: appSecret };

  /** Secrets go in the body: addresses end up in logs. */
  async function requestToken(fields: Record<string, string>) {
    const body = new URLSearchParams({ ...client, ...fields });
    const answer = await http.send(`${base}/oauth/access_token`, { method: "POST", body });
    if (!answer.response.ok) throw translateGraphError(answer);
    const { access_token, expires_in = ASSUMED_LIFETIME_SECONDS } = http.parse(tokenSchema, answer);
    return {
      accessToken: access_token,
      refreshToken: null,
      expiresAt: new Date(clock().getTime() + expires_in * 1000),
    };
  }

  /** A token of hours, or one of days that is still good, becomes one of 60 days. */
  const extend = (token: string) =>
    http.retryTransient(() => requestToken({ grant_type: "fb_exchange_token", fb_exchange_token: token }));

  async function get<Schema extends z.ZodType>(schema: Schema, token: string, path: string) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await http.send(`${base}/${path}`, { headers });
    if (!answer.response.ok) throw translateGraphError(answer);
    return http.parse(schema, answer);
  }

  async function requirePermissions(token: string): Promise<string[]> {
    const { data } = await get(permissionsSchema, token, "me/permissions");
    const granted = data.filter(({ status }) => status === "granted").map(({ permission }) => permission);
    if (purpose.needed.every((each) => granted.includes(each))) return granted;
    throw new ProviderUserError(PROVIDER, "scopes_declined", allowAll);
  }

  function toSignInFailure(error: unknown): unknown {
    if (error instanceof ProviderAuthError) return new ProviderUserError(PROVIDER, "consent_refused", repeat);
    if (error instanceof GraphRefusal) return new ProviderUserError(PROVIDER, "scopes_declined", allowAll);
    return error;
  }

  return {
    platform: purpose.platform,
    route: "facebook_login",
    neededScopes: purpose.needed,
    renewWhenLeftMs: 0,

    consentUrl: (state, codeChallenge) =>
      `${options.dialogUrl}/${options.version}/dialog/oauth?${new URLSearchParams({
        client_id: appId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: [...purpose.needed, ...purpose.wished].join(","),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        // Asks again for what was declined an earlier time.
        auth_type: "rerequest",
      })}`,

    async exchangeCode(code, codeVerifier) {
      try {
        return await requestToken({ redirect_uri: redirectUri, code, code_verifier: codeVerifier });
      } catch (error) {
        throw error instanceof GraphRefusal || error instanceof ProviderAuthError
          ? new ProviderUserError(PROVIDER, "consent_refused", repeat)
          : error;
      }
    },

    async openGrant(short) {
      try {
        // Page tokens made from the long-lived token do not end with it.
        const tokens = await extend(short.accessToken);
        return await http.retryTransient(async () => {
          const scopes = await requirePermissions(tokens.accessToken);
          const person = await get(personSchema, tokens.accessToken, "me?fields=id");
          const accounts = await purpose.listAccounts(pages, tokens.accessToken, scopes);
          return { key: `facebook:${person.id}`, scopes, tokens, accounts };
        });
      } catch (error) {
        throw toSignInFailure(error);
      }
    },

    async renew({ accessToken }, accountId) {
      try {
        const tokens = await extend(accessToken);
        const accountToken = await purpose.findPageToken(pages, tokens.accessToken, accountId);
        return { ...tokens, accountToken };
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        throw isPermissionGone(error)
          ? new ProviderAuthError(PROVIDER, String(error.code))
          : new ProviderApiError(PROVIDER, 502, error.message);
      }
    },

    async revoke({ accessToken }) {
      await http.retryTransient(async () => {
        const headers = { authorization: `Bearer ${accessToken}` };
        const answer = await http.send(`${base}/me/permissions`, { method: "DELETE", headers });
        if (answer.response.ok) return;
        const error = translateGraphError(answer);
        // Dead tokens mean that it has ended already.
        if (!(error instanceof ProviderAuthError)) throw error;
      });
    },
  };
}
