import { createHash } from "node:crypto";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { isSameSecret } from "../../kit/registered-app.ts";
import type { AuthorizationCode } from "../grants.ts";
import type { TiktokState } from "../state.ts";
import { TokenFailure } from "./token-failure.ts";

const ACCESS_LIFETIME_S = 2 * 3600;
const REFRESH_LIFETIME_S = 180 * 24 * 3600;

/** POST /v2/oauth/token/ and /v2/oauth/revoke/. Both throw TokenFailure for everything they refuse. */
export function createTokenIssuer(kit: Kit, state: TiktokState) {
  function issueTokens(form: URLSearchParams): object {
    checkClient(form);
    const grantType = required(form, "grant_type");
    if (grantType === "authorization_code") return redeemCode(form);
    if (grantType === "refresh_token") return redeemRefreshToken(form);
    throw new TokenFailure("unsupported_grant_type", "Grant type is not supported.");
  }

  /** Ends the whole permission of the person whose access token it is. */
  function revoke(form: URLSearchParams): void {
    checkClient(form);
    const token = state.accessTokens.get(required(form, "token"));
    if (token === undefined) throw new TokenFailure("invalid_request", "Access token is invalid.");
    state.revokeGrants(token.account);
  }

  function redeemCode(form: URLSearchParams): object {
    const code = state.codes.get(required(form, "code"));
    if (code === undefined || code.isUsed || code.expiresAt <= kit.now()) {
      throw new TokenFailure("invalid_grant", "Authorization code is expired.");
    }
    if (form.get("redirect_uri") !== code.redirectUri) {
      throw new TokenFailure(
        "invalid_grant",
        "Redirect_uri is not matched with the uri when requesting code.",
      );
    }
    checkVerifier(form.get("code_verifier"), code);
    code.isUsed = true;
    return issue(code.account, code.scopes);
  }

  /** The old refresh token is over with this answer, whether it arrives or not. */
  function redeemRefreshToken(form: URLSearchParams): object {
    const presented = required(form, "refresh_token");
    const token = state.refreshTokens.get(presented);
    if (token === undefined || token.expiresAt <= kit.now()) {
      throw new TokenFailure("invalid_grant", "Refresh token is invalid or expired.");
    }
    state.refreshTokens.delete(presented);
    return issue(token.account, token.scopes);
  }

  function issue(account: string, scopes: string[]): object {
    const lifetime = kit.settings.get("tiktok", "token_lifetime_s", ACCESS_LIFETIME_S);
    const refreshLifetime = kit.settings.get("tiktok", "refresh_lifetime_s", REFRESH_LIFETIME_S);
    const accessToken = `act.${randomText(48)}!4321.va`;
    const refreshToken = `rft.${randomText(48)}!4321.va`;
    const now = kit.now();
    state.accessTokens.set(accessToken, { account, scopes, expiresAt: now + lifetime * 1000 });
    state.refreshTokens.set(refreshToken, { account, scopes, expiresAt: now + refreshLifetime * 1000 });
    kit.touch();
    return {
      access_token: accessToken,
      expires_in: lifetime,
      open_id: state.accounts.get(account)!.openId,
      refresh_expires_in: refreshLifetime,
      refresh_token: refreshToken,
      scope: scopes.join(","),
      token_type: "Bearer",
    };
  }

  function checkClient(form: URLSearchParams): void {
    const isKnown = required(form, "client_key") === kit.app.clientId &&
      isSameSecret(required(form, "client_secret"), kit.app.clientSecret);
    if (!isKnown) throw new TokenFailure("invalid_client", "Client key or secret is incorrect.");
  }

  return { issueTokens, revoke };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new TokenFailure("invalid_request", "The request parameters are malformed.");
}

/** The challenge is the hex of the hash, unlike everywhere else. */
function checkVerifier(verifier: string | null, code: AuthorizationCode): void {
  const challenge = verifier === null ? null : createHash("sha256").update(verifier).digest("hex");
  if (code.challenge === null || challenge === code.challenge) return;
  throw new TokenFailure("invalid_request", "Code verifier or code challenge is invalid.");
}
