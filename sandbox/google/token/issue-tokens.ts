import { createHash } from "node:crypto";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import type { AuthorizationCode, RefreshToken } from "../grants.ts";
import { formatScopes, isSignInScope, parseScopes } from "../scopes.ts";
import type { GoogleState } from "../state.ts";
import { checkClient } from "./check-client.ts";
import type { IdTokenSigner } from "./id-token.ts";
import { deadGrant, TokenFailure } from "./token-failure.ts";

const ACCESS_LIFETIME_S = 3599;
const TESTING_LIFETIME_S = 7 * 24 * 3600;
const UNUSED_LIMIT_MS = 182 * 24 * 3600 * 1000;
/** Live refresh tokens per account; one more ends the oldest without a word. */
const LIVE_LIMIT = 100;

/** POST /token: redeems codes and refresh tokens. Throws TokenFailure for everything it refuses. */
export function createTokenIssuer(kit: Kit, state: GoogleState, signer: IdTokenSigner) {
  return async function issueTokens(headers: Headers, form: URLSearchParams): Promise<object> {
    const grantType = form.get("grant_type");
    if (!grantType) throw new TokenFailure("invalid_request", "Required parameter is missing: grant_type");
    checkClient(headers, form, kit.app);
    if (grantType === "authorization_code") return await redeemCode(form);
    if (grantType === "refresh_token") return await redeemRefreshToken(form);
    throw new TokenFailure("unsupported_grant_type", `Invalid grant_type: ${grantType}`);
  };

  async function redeemCode(form: URLSearchParams) {
    const code = state.codes.get(required(form, "code"));
    if (code === undefined) throw new TokenFailure("invalid_grant", "Malformed auth code.");
    const isDead = code.isUsed || code.expiresAt <= kit.now() || !state.grants.has(code.account);
    if (isDead) throw new TokenFailure("invalid_grant", "Bad Request");
    if (form.get("redirect_uri") !== code.redirectUri) {
      throw new TokenFailure("redirect_uri_mismatch", "Bad Request");
    }
    checkVerifier(form.get("code_verifier"), code);
    code.isUsed = true;
    return {
      ...await issueAccessToken(code.account, code.scopes, code.isOffline, code.nonce),
      ...(code.isOffline && code.isConsented ? issueRefreshToken(code.account, code.scopes) : {}),
    };
  }

  async function redeemRefreshToken(form: URLSearchParams) {
    const token = state.refreshTokens.get(required(form, "refresh_token"));
    if (token === undefined || isDead(token)) throw deadGrant();
    const asked = form.get("scope");
    const scopes = asked ? narrow(asked, token.scopes) : token.scopes;
    token.lastUsedAt = kit.now();
    return await issueAccessToken(token.account, scopes, true, null);
  }

  async function issueAccessToken(
    account: string,
    scopes: string[],
    isOffline: boolean,
    nonce: string | null,
  ) {
    const lifetime = kit.settings.get("google", "token_lifetime_s", ACCESS_LIFETIME_S);
    const accessToken = `ya29.a0${randomText(150)}`;
    state.accessTokens.set(accessToken, {
      account,
      scopes,
      isOffline,
      expiresAt: kit.now() + lifetime * 1000,
    });
    kit.touch();
    const person = state.accounts.get(account)!;
    return {
      access_token: accessToken,
      expires_in: lifetime,
      scope: formatScopes(scopes),
      token_type: "Bearer",
      ...(scopes.includes("openid")
        ? { id_token: await signer.sign(person, kit.app.clientId, scopes, nonce, kit.now()) }
        : {}),
    };
  }

  function issueRefreshToken(account: string, scopes: string[]) {
    const live = [...state.refreshTokens.values()].filter((token) =>
      token.account === account && !isDead(token)
    );
    for (const oldest of live.slice(0, Math.max(0, live.length + 1 - LIVE_LIMIT))) oldest.isRevoked = true;
    const isTesting = kit.settings.get("google", "testing_mode", false) && !scopes.every(isSignInScope);
    const lifetime = kit.settings.get("google", "refresh_lifetime_s") ??
      (isTesting ? TESTING_LIFETIME_S : null);
    const refreshToken = `1//0${randomText(75)}`;
    state.refreshTokens.set(refreshToken, {
      account,
      scopes,
      lastUsedAt: kit.now(),
      expiresAt: lifetime === null ? null : kit.now() + lifetime * 1000,
      isRevoked: false,
    });
    return {
      refresh_token: refreshToken,
      ...(lifetime === null ? {} : { refresh_token_expires_in: lifetime }),
    };
  }

  function isDead(token: RefreshToken): boolean {
    const now = kit.now();
    return token.isRevoked || (token.expiresAt !== null && token.expiresAt <= now) ||
      token.lastUsedAt + UNUSED_LIMIT_MS <= now;
  }
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new TokenFailure("invalid_request", `Missing required parameter: ${name}`);
}

function checkVerifier(verifier: string | null, code: AuthorizationCode): void {
  if (code.challenge === null) {
    if (verifier === null) return;
    throw new TokenFailure("invalid_grant", "code_verifier or verifier is not needed.");
  }
  if (verifier === null) throw new TokenFailure("invalid_grant", "Missing code verifier.");
  const challenge = code.challengeMethod === "plain"
    ? verifier
    : createHash("sha256").update(verifier).digest("base64url");
  const isRight = /^[A-Za-z0-9_~.-]{43,128}$/.test(verifier) && challenge === code.challenge;
  if (!isRight) throw new TokenFailure("invalid_grant", "Invalid code verifier.");
}

/** The scopes asked for now; they must be among those agreed to. */
function narrow(asked: string, agreed: readonly string[]): string[] {
  const { scopes, unknown } = parseScopes(asked);
  if (unknown === null && scopes.every((scope) => agreed.includes(scope))) return scopes;
  throw new TokenFailure("invalid_scope", "Bad Request");
}
