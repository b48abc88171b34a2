import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { createHash } from "node:crypto";
import type { Account } from "../account.ts";
import type { MicrosoftState } from "../state.ts";
import { checkTenant } from "./authorize-request.ts";
import { checkClient } from "./client-credentials.ts";
import type { AuthorizationCode } from "./grants.ts";
import type { IdTokenSigner } from "./id-token.ts";
import { failureForNumber, LoginFailure } from "./login-failure.ts";
import { parseScopes } from "./scopes.ts";

const REFRESH_LIFETIME_S = 90 * 24 * 3600;

interface Grant {
  account: Account;
  /** All the user agreed to. */
  agreed: string[];
  /** What this access token carries. */
  scopes: string[];
  nonce: string | null;
}

/** The token endpoint: redeems codes and refresh tokens. Throws LoginFailure for everything it refuses. */
export function createToken(kit: Kit, state: MicrosoftState, signer: IdTokenSigner) {
  return async function issueTokens(tenant: string, request: Request): Promise<unknown> {
    const form = await readForm(request);
    const switchedOn = kit.settings.get("microsoft", "token_error");
    if (switchedOn !== null) throw failureForNumber(switchedOn);
    checkTenant(tenant);
    const grantType = form.get("grant_type");
    if (grantType === null) throw missing("grant_type");
    checkClient(request.headers, form, kit.app);
    if (grantType === "authorization_code") return await answer(redeemCode(form));
    if (grantType === "refresh_token") return await answer(redeemRefreshToken(form));
    throw new LoginFailure("unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
  };

  function redeemCode(form: URLSearchParams): Grant {
    const presented = form.get("code");
    if (presented === null) throw missing("code");
    const code = state.codes.get(presented);
    if (code === undefined) throw new LoginFailure("invalid_grant", 70000, "The provided code is not valid.");
    if (code.isUsed) {
      throw new LoginFailure("invalid_grant", 54005, "The authorization code was already redeemed.");
    }
    if (code.expiresAt <= kit.now()) throw new LoginFailure("invalid_grant", 70008, "The code has expired.");
    if (form.get("redirect_uri") !== code.redirectUri) {
      const message =
        "The reply address does not match the one provided when requesting the authorization code.";
      throw new LoginFailure("invalid_grant", 500112, message);
    }
    checkVerifier(form.get("code_verifier"), code);
    const asked = readScopes(form.get("scope"));
    const scopes = asked === null ? code.scopes : asked.filter((scope) => code.scopes.includes(scope));
    code.isUsed = true;
    return { account: accountOf(code.account), agreed: code.scopes, scopes, nonce: code.nonce };
  }

  function redeemRefreshToken(form: URLSearchParams): Grant {
    const presented = form.get("refresh_token");
    if (presented === null) throw missing("refresh_token");
    const token = state.refreshTokens.get(presented);
    if (token === undefined) {
      throw new LoginFailure("invalid_grant", 70000, "The provided grant is not valid.");
    }
    if (token.isRevoked) throw new LoginFailure("invalid_grant", 50173, "The grant has been revoked.");
    if (token.expiresAt <= kit.now()) {
      throw new LoginFailure("invalid_grant", 700082, "The refresh token has expired due to inactivity.");
    }
    const account = accountOf(token.account);
    return {
      account,
      agreed: token.scopes,
      scopes: narrow(readScopes(form.get("scope")), token.scopes),
      nonce: null,
    };
  }

  async function answer({ account, agreed, scopes, nonce }: Grant) {
    const now = kit.now();
    const lifetime = kit.settings.get("microsoft", "token_lifetime_s") ??
      3600 + Math.floor(kit.random() * 1801);
    const accessToken = `EwB4${randomText(180)}`;
    state.accessTokens.set(accessToken, { account: account.name, scopes, expiresAt: now + lifetime * 1000 });
    const body: Record<string, unknown> = {
      token_type: "Bearer",
      scope: scopes.filter((scope) => scope !== "offline_access").join(" "),
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: accessToken,
    };
    if (agreed.includes("offline_access")) {
      const refreshToken = `M.C5_SIM.0.U.-${randomText(120)}*!${randomText(9)}$`;
      const refreshLifetime = kit.settings.get("microsoft", "refresh_lifetime_s", REFRESH_LIFETIME_S);
      const expiresAt = now + refreshLifetime * 1000;
      state.refreshTokens.set(refreshToken, {
        account: account.name,
        scopes: agreed,
        expiresAt,
        isRevoked: false,
      });
      body.refresh_token = refreshToken;
    }
    if (agreed.includes("openid")) {
      body.id_token = await signer.sign(account, kit.app.clientId, kit.urls.MICROSOFT_LOGIN_URL!, nonce, now);
    }
    kit.touch();
    return body;
  }

  function accountOf(name: string): Account {
    const account = state.accounts.get(name);
    if (account === undefined) throw new LoginFailure("invalid_grant", 50034, "The account does not exist.");
    return account;
  }
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  const text = await request.text();
  return new URLSearchParams(type.startsWith("application/x-www-form-urlencoded") ? text : "");
}

function missing(parameter: string): LoginFailure {
  return new LoginFailure("invalid_request", 900144, `The request body must contain '${parameter}'.`);
}

function checkVerifier(verifier: string | null, code: AuthorizationCode): void {
  if (code.challenge === null) {
    if (verifier === null) return;
    throw new LoginFailure("invalid_grant", 501481, "The code_verifier was not expected.");
  }
  const given = verifier ?? "";
  const challenge = code.challengeMethod === "plain"
    ? given
    : createHash("sha256").update(given).digest("base64url");
  const isWellFormed = /^[A-Za-z0-9_~.-]{43,128}$/.test(given);
  if (!isWellFormed || challenge !== code.challenge) {
    throw new LoginFailure("invalid_grant", 501481, "The code_verifier does not match the code_challenge.");
  }
}

function readScopes(text: string | null): string[] | null {
  if (text === null || text.trim() === "") return null;
  const scopes = parseScopes(text);
  if (scopes === null) {
    throw new LoginFailure("invalid_scope", 70011, "The provided value for 'scope' is not valid.");
  }
  return scopes;
}

/** The scopes asked for now; they must be among those agreed to. */
function narrow(asked: string[] | null, agreed: string[]): string[] {
  if (asked === null) return agreed;
  if (asked.every((scope) => agreed.includes(scope))) return asked;
  const message = "The user or administrator has not consented to use the application.";
  throw new LoginFailure("invalid_grant", 65001, message, 400, "consent_required");
}
