import type { RegisteredApp } from "../../kit/registered-app.ts";
import { parseScopes } from "../scopes.ts";

export interface AuthorizeRequest {
  redirectUri: string;
  scopes: string[];
  state: string | null;
  challenge: string | null;
}

/** A request which TikTok refuses on its own page, without sending the browser back. */
export class AuthorizeFailure extends Error {
  override name = "AuthorizeFailure";

  constructor(readonly errorType: string, message: string) {
    super(message);
  }
}

/** Checks the parameters of an authorize request. Throws AuthorizeFailure for everything that is wrong with them. */
export function readAuthorizeRequest(query: URLSearchParams, app: RegisteredApp): AuthorizeRequest {
  if (query.get("client_key") !== app.clientId) throw new AuthorizeFailure("client_key", "client_key");
  if (query.get("response_type") !== "code") throw new AuthorizeFailure("response_type", "response_type");
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!app.redirectUris.includes(redirectUri)) throw new AuthorizeFailure("redirect_uri", "redirect_uri");
  const { scopes, unknown } = parseScopes(query.get("scope") ?? "");
  if (unknown !== null || scopes.length === 0) throw new AuthorizeFailure("scope", unknown ?? "scope");
  const state = query.get("state");
  if (!state) throw new AuthorizeFailure("state", "state");
  return { redirectUri, scopes, state, challenge: readChallenge(query) };
}

function readChallenge(query: URLSearchParams): string | null {
  const challenge = query.get("code_challenge");
  if (challenge === null) return null;
  const isRight = query.get("code_challenge_method") === "S256" && /^[0-9a-f]{64}$/.test(challenge);
  if (isRight) return challenge;
  throw new AuthorizeFailure("code_challenge", "code_challenge");
}
