import { z } from "zod";
import { type Clock, systemClock } from "../../core/clock.ts";
import { ProviderApiError, ProviderAuthError, ProviderUserError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderHttpDeps } from "../../core/provider-http.ts";
import type { SocialAccount, SocialLogin } from "../../core/social-login.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { InstagramRefusal, PROVIDER, translateInstagramError } from "./error-answer.ts";

const NEEDED = ["instagram_business_basic", "instagram_business_content_publish"];
/** First comments; whoever writes none may leave it out. */
const WANTED = [...NEEDED, "instagram_business_manage_comments"];
const SHORT_LIFETIME_SECONDS = 3600;
const ASSUMED_LIFETIME_SECONDS = 59 * 24 * 3600;
const PROFESSIONAL = ["business", "media_creator", "creator"];

const REPEAT = "Instagram did not accept this sign-in. Connect Instagram again.";
const ALLOW_ALL =
  "Cliprelay may not publish to your Instagram account yet. Connect Instagram again and allow everything it asks.";
const NOT_PROFESSIONAL =
  "This is a personal Instagram account. In the Instagram app, switch to a Business or Creator account (Settings, " +
  "Account type and tools), then connect again.";

/** Documented as a list with one entry; many apps get the entry itself, and permissions as a list. */
const grantSchema = z.object({
  access_token: z.string().min(1),
  permissions: z
    .union([z.string().transform((text) => text.split(/[\s,]+/)), z.array(z.string())])
    .optional(),
});
const codeAnswerSchema = z.union([
  z.object({ data: z.tuple([grantSchema]) }).transform(({ data }) => data[0]),
  grantSchema,
]);
const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(ASSUMED_LIFETIME_SECONDS),
});
const profileSchema = z.object({
  user_id: z.coerce.string().min(1),
  id: z.coerce.string().nullish(),
  username: z.string().nullish(),
  name: z.string().nullish(),
  account_type: z.string().nullish(),
  profile_picture_url: z.string().nullish(),
});
const profileAnswerSchema = z.union([
  z.object({ data: z.tuple([profileSchema]) }).transform(({ data }) => data[0]),
  profileSchema,
]);

export interface InstagramLoginOptions extends ProviderHttpDeps {
  loginUrl: string;
  codeUrl: string;
  graphUrl: string;
  version: string;
  appId: string;
  appSecret: string;
  redirectUri: string;
  clock?: Clock;
}

/** Instagram's own sign-in: one professional account, no Facebook Page. It knows neither PKCE nor revocation. */
export function createInstagramLogin(options: InstagramLoginOptions): SocialLogin {
  const { appId, appSecret, redirectUri, clock = systemClock } = options;
  const http = createProviderHttp(PROVIDER, options);

  async function get<Schema extends z.ZodType>(schema: Schema, token: string, path: string) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await http.send(`${options.graphUrl}/${path}`, { headers });
    if (!answer.response.ok) {
      throw translateInstagramError(answer.response, answer.body);
    }
    return http.parse(schema, answer);
  }

  /** The token endpoints take their secrets in the query alone (rule: Instagram Platform, access_token). */
  async function requestLongToken(path: string, fields: Record<string, string>) {
    const answer = await http.send(`${options.graphUrl}/${path}?${new URLSearchParams(fields)}`);
    if (!answer.response.ok) {
      throw translateInstagramError(answer.response, answer.body);
    }
    const { access_token, expires_in } = http.parse(tokenSchema, answer);
    return toTokens(access_token, expires_in);
  }

  function toTokens(accessToken: string, seconds: number) {
    return { accessToken, refreshToken: null, expiresAt: new Date(clock().getTime() + seconds * 1000) };
  }

  async function redeem(code: string) {
    const body = new URLSearchParams({
      client_id: appId,
      client_secret: appSecret,
      grant_type: "authorization_code",
      redirect_uri: redirectUri,
      // Instagram ends the redirect address with "#_", which some browsers hand on as part of the code.
      code: code.replace(/#_$/, ""),
    });
    const answer = await http.send(`${options.codeUrl}/oauth/access_token`, { method: "POST", body });
    const { ok, status } = answer.response;
    if (status >= 500 || status === 429) {
      throw new ProviderApiError(PROVIDER, status, "", readRetryAfter(answer.response));
    }
    if (!ok) throw new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
    const { access_token, permissions = NEEDED } = http.parse(codeAnswerSchema, answer);
    if (NEEDED.every((each) => permissions.includes(each))) {
      return toTokens(access_token, SHORT_LIFETIME_SECONDS);
    }
    throw new ProviderUserError(PROVIDER, "scopes_declined", ALLOW_ALL);
  }

  return {
    platform: "instagram",
    route: "instagram_login",
    neededScopes: NEEDED,
    renewWhenLeftMs: 0,

    consentUrl: (state) =>
      `${options.loginUrl}/oauth/authorize?${new URLSearchParams({
        client_id: appId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: WANTED.join(","),
        state,
        enable_fb_login: "0",
      })}`,

    exchangeCode: redeem,

    async openGrant(short) {
      const exchange = {
        grant_type: "ig_exchange_token",
        client_secret: appSecret,
        access_token: short.accessToken,
      };
      const path = `${options.version}/me?fields=user_id,id,username,account_type,name,profile_picture_url`;
      try {
        const tokens = await http.retryTransient(() => requestLongToken("access_token", exchange));
        const profile = await http.retryTransient(() => get(profileAnswerSchema, tokens.accessToken, path));
        const account = toAccount(profile);
        // Callbacks of Instagram name the person by the id of this app.
        const key = `instagram:${account.id}${profile.id ? `/${profile.id}` : ""}`;
        return { key, scopes: NEEDED, tokens, accounts: [account] };
      } catch (error) {
        throw toSignInFailure(error);
      }
    },

    async renew({ accessToken }) {
      const fields = { grant_type: "ig_refresh_token", access_token: accessToken };
      try {
        return { ...(await requestLongToken("refresh_access_token", fields)), accountToken: null };
      } catch (error) {
        // Younger than a day, for example: the token stays as good as it is.
        throw error instanceof InstagramRefusal ? new ProviderApiError(PROVIDER, 502, error.message) : error;
      }
    },
  };
}

function toAccount(profile: z.infer<typeof profileSchema>): SocialAccount {
  if (!PROFESSIONAL.includes(profile.account_type?.toLowerCase() ?? "")) {
    throw new ProviderUserError(PROVIDER, "instagram_not_professional", NOT_PROFESSIONAL);
  }
  return {
    id: profile.user_id,
    name: profile.name || profile.username || null,
    handle: profile.username ? `@${profile.username}` : null,
    pictureUrl: profile.profile_picture_url ?? null,
    token: null,
  };
}

/** Codes 10 and 100 are what Instagram says of accounts that are not professional. */
function toSignInFailure(error: unknown): unknown {
  if (error instanceof ProviderAuthError) {
    return new ProviderUserError(PROVIDER, "consent_refused", REPEAT);
  }
  if (error instanceof InstagramRefusal && (error.code === 10 || error.code === 100)) {
    return new ProviderUserError(PROVIDER, "instagram_not_professional", NOT_PROFESSIONAL);
  }
  return error instanceof InstagramRefusal ? new ProviderApiError(PROVIDER, 502, error.message) : error;
}
