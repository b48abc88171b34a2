import { type Clock, systemClock } from "../../core/clock.ts";
import type { MicrosoftEnv, PlatformEnv } from "../../core/env.ts";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { type MicrosoftTokens, toTokens } from "./adapter.ts";
import { PROVIDER } from "./error-answer.ts";
import { type Answer, createSend, type HttpDeps, parseAnswer } from "./http.ts";
import { readTokenFailure } from "./token-failure.ts";
import { type TokenAnswer, tokenAnswerSchema, tokenErrorSchema } from "./schema.ts";

const SCOPES = "openid profile offline_access User.Read Files.ReadWrite";

export interface LoginClientOptions extends HttpDeps {
  loginUrl: string;
  tenant: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  clock?: Clock;
}

type LoginEnv = Pick<
  MicrosoftEnv & PlatformEnv,
  | "SUPABASE_URL"
  | "PUBLIC_API_URL"
  | "MICROSOFT_LOGIN_URL"
  | "MICROSOFT_TENANT"
  | "MICROSOFT_CLIENT_ID"
  | "MICROSOFT_CLIENT_SECRET"
>;

/** The app's registration at Microsoft. The redirect address must equal the registered one to the letter. */
export function toLoginOptions(env: LoginEnv): LoginClientOptions {
  return {
    loginUrl: env.MICROSOFT_LOGIN_URL,
    tenant: env.MICROSOFT_TENANT,
    clientId: env.MICROSOFT_CLIENT_ID,
    clientSecret: env.MICROSOFT_CLIENT_SECRET,
    redirectUri: `${env.PUBLIC_API_URL ?? env.SUPABASE_URL}/functions/v1/onedrive/callback`,
  };
}

export type MicrosoftLoginClient = ReturnType<typeof createMicrosoftLoginClient>;

/** Microsoft identity platform v2.0: consent address, code exchange and refresh. */
export function createMicrosoftLoginClient(options: LoginClientOptions) {
  const { clock = systemClock } = options;
  const send = createSend(options);
  const base = `${options.loginUrl}/${encodeURIComponent(options.tenant)}/oauth2/v2.0`;

  async function requestToken(fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams({
      client_id: options.clientId,
      client_secret: options.clientSecret,
      ...fields,
    });
    return await send(`${base}/token`, { method: "POST", body });
  }

  return {
    /** Where the browser asks the user for consent. */
    consentUrl(state: string, codeChallenge: string): string {
      return `${base}/authorize?${new URLSearchParams({
        client_id: options.clientId,
        response_type: "code",
        redirect_uri: options.redirectUri,
        response_mode: "query",
        scope: SCOPES,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        prompt: "select_account",
      })}`;
    },

    /** Redeems a code once. A refused code is the user's to repeat (ProviderUserError). */
    async exchangeCode(code: string, codeVerifier: string): Promise<MicrosoftTokens> {
      const answer = await requestToken({
        grant_type: "authorization_code",
        code,
        redirect_uri: options.redirectUri,
        code_verifier: codeVerifier,
      });
      if (answer.response.ok) return toTokens(requireGrants(parseAnswer(tokenAnswerSchema, answer)), clock());
      const { kind, sentence, failure } = readFailure(answer);
      if (kind === "ended" || kind === "refused") {
        throw new ProviderUserError(PROVIDER, "consent_refused", sentence);
      }
      throw failure;
    },

    /**
     * Renews tokens. Only Microsoft's own word that the permission ended is a ProviderAuthError; a refusal of our
     * registration is a ProviderConfigError, an outage a ProviderApiError.
     */
    async refresh(refreshToken: string): Promise<MicrosoftTokens> {
      const answer = await requestToken({ grant_type: "refresh_token", refresh_token: refreshToken });
      if (answer.response.ok) return toTokens(parseAnswer(tokenAnswerSchema, answer), clock(), refreshToken);
      const { kind, error, failure } = readFailure(answer);
      if (kind === "ended") throw new ProviderAuthError(PROVIDER, error);
      throw failure;
    },
  };
}

/** People may untick permissions; without files or offline access nothing works later. */
function requireGrants(answer: TokenAnswer): TokenAnswer {
  const scope = answer.scope?.toLowerCase();
  if ((scope === undefined || scope.includes("files.readwrite")) && answer.refresh_token) return answer;
  throw new ProviderUserError(
    PROVIDER,
    "consent_refused",
    "Cliprelay needs access to your files, also while you are away. Connect again and allow it on Microsoft's page.",
  );
}

function readFailure(answer: Answer) {
  const parsed = tokenErrorSchema.safeParse(answer.body);
  const error = parsed.success ? parsed.data.error : "";
  const numbers = parsed.success ? parsed.data.error_codes ?? [] : [];
  const { status } = answer.response;
  const { kind, sentence } = readTokenFailure(status, error, numbers);
  const failure = kind === "config"
    ? new ProviderConfigError(PROVIDER, [error, ...numbers].join(" "))
    // 503 whatever the status: a 401 here is not the account's, and must not look like one.
    : new ProviderApiError(PROVIDER, kind === "passing" ? 503 : 502, error, readRetryAfter(answer.response));
  return { kind, sentence, error, failure };
}
