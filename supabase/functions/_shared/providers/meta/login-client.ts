import { z } from "zod";
import { type Clock, systemClock } from "../../core/clock.ts";
import { ProviderApiError, ProviderAuthError, ProviderUserError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderHttpDeps } from "../../core/provider-http.ts";
import type { SocialLogin } from "../../core/social-login.ts";
import { GraphRefusal, PROVIDER, translateGraphError } from "./error-answer.ts";
import { createPagesClient } from "./pages-client.ts";

const NEEDED = ["instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement"];
/** Shows Pages that belong to a Business portfolio; a person without one may leave it out. */
const WANTED = [...NEEDED, "business_management"];
/** Answers may leave the lifetime out; long-lived tokens live 60 days. */
const ASSUMED_LIFETIME_SECONDS = 59 * 24 * 3600;

const REPEAT = "Facebook did not accept this sign-in. Connect Instagram again.";
const ALLOW_ALL =
  "Cliprelay may not publish to your Instagram account yet. Connect Instagram again and allow everything Facebook asks.";

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

/** Facebook Login for the professional Instagram accounts of a person's Pages. */
export function createFacebookLogin(options: FacebookLoginOptions): SocialLogin {
  const { appId, appSecret, redirectUri, clock = systemClock } = options;
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
    if (NEEDED.every((each) => granted.includes(each))) return granted;
    throw new ProviderUserError(PROVIDER, "scopes_declined", ALLOW_ALL);
  }

  return {
    platform: "instagram",
    route: "facebook_login",
    renewWhenLeftMs: 0,

    consentUrl: (state, codeChallenge) =>
      `${options.dialogUrl}/${options.version}/dialog/oauth?${new URLSearchParams({
        client_id: appId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: WANTED.join(","),
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
          ? new ProviderUserError(PROVIDER, "consent_refused", REPEAT)
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
          const accounts = await pages.listInstagramAccounts(tokens.accessToken);
          return { key: `facebook:${person.id}`, scopes, tokens, accounts };
        });
      } catch (error) {
        throw toSignInFailure(error);
      }
    },

    async renew({ accessToken }, accountId) {
      try {
        const tokens = await extend(accessToken);
        return { ...tokens, accountToken: await pages.findPageToken(tokens.accessToken, accountId) };
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

/** Rule: Graph API, Handling Errors: 10 and 200-299 mean that the person took a permission back. */
function isPermissionGone({ code }: GraphRefusal): boolean {
  return code === 10 || (code >= 200 && code < 300);
}

function toSignInFailure(error: unknown): unknown {
  if (error instanceof ProviderAuthError) {
    return new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
  }
  if (error instanceof GraphRefusal) {
    return new ProviderUserError(PROVIDER, "scopes_declined", ALLOW_ALL);
  }
  return error;
}
