import type { RegisteredApp } from "../../kit/registered-app.ts";
import { LoginFailure } from "./login-failure.ts";
import { parseScopes } from "./scopes.ts";

export type ResponseMode = "query" | "fragment" | "form_post";

export interface AuthorizeRequest {
  tenant: string;
  redirectUri: string;
  responseMode: ResponseMode;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  prompt: string | null;
  challenge: string | null;
  challengeMethod: "S256" | "plain";
}

/** A wrong request whose sender is known, so that the error goes back to the redirect address. */
export class RedirectableFailure extends Error {
  constructor(
    readonly failure: LoginFailure,
    readonly back: Pick<AuthorizeRequest, "redirectUri" | "responseMode" | "state">,
  ) {
    super(failure.message);
  }
}

const RESPONSE_MODES: readonly ResponseMode[] = ["query", "fragment", "form_post"];

/**
 * Checks the parameters of an authorize request. An unknown app, tenant or redirect address throws LoginFailure
 * (shown on the page, never sent anywhere); everything else throws RedirectableFailure.
 */
export function readAuthorizeRequest(
  tenant: string,
  query: URLSearchParams,
  app: RegisteredApp,
): AuthorizeRequest {
  checkTenant(tenant);
  if (query.get("client_id") !== app.clientId) {
    throw new LoginFailure("unauthorized_client", 700016, "Application was not found in the directory.");
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!app.redirectUris.includes(redirectUri)) {
    const message =
      `The redirect URI '${redirectUri}' does not match the redirect URIs configured for the application.`;
    throw new LoginFailure("invalid_request", 50011, message);
  }
  const state = query.get("state");
  const mode = query.get("response_mode") ?? "query";
  const responseMode = RESPONSE_MODES.find((known) => known === mode) ?? "query";
  const refuse = (error: string, number: number, message: string) =>
    new RedirectableFailure(new LoginFailure(error, number, message), { redirectUri, responseMode, state });

  if (mode !== responseMode) throw refuse("invalid_request", 70007, "The response_mode is not supported.");
  if (query.get("response_type") !== "code") {
    throw refuse(
      "unsupported_response_type",
      700054,
      "The response_type is not enabled for the application.",
    );
  }
  const scopes = parseScopes(query.get("scope") ?? "");
  if (scopes === null) throw refuse("invalid_scope", 70011, "The provided value for 'scope' is not valid.");
  if (scopes.length === 0) throw refuse("invalid_request", 900144, "The request must contain 'scope'.");

  const challenge = query.get("code_challenge");
  const challengeMethod = query.get("code_challenge_method") ?? "plain";
  if (challenge !== null && !/^[A-Za-z0-9_~.-]{43,128}$/.test(challenge)) {
    throw refuse("invalid_request", 50147, "The size of the code_challenge parameter is invalid.");
  }
  if (challengeMethod !== "S256" && challengeMethod !== "plain") {
    throw refuse("invalid_request", 50148, "The code_challenge_method is not supported.");
  }
  const [nonce, prompt] = [query.get("nonce"), query.get("prompt")];
  return { tenant, redirectUri, responseMode, scopes, state, nonce, prompt, challenge, challengeMethod };
}

/** Refuses a tenant segment that is neither an alias nor an id. */
export function checkTenant(tenant: string): void {
  const isKnown = /^(common|consumers|organizations|[0-9a-f]{8}-[0-9a-f-]{27})$/i.test(tenant);
  if (!isKnown) throw new LoginFailure("invalid_request", 90002, `Tenant '${tenant}' not found.`);
}
