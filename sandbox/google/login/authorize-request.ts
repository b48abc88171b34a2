import type { RegisteredApp } from "../../kit/registered-app.ts";
import { parseScopes } from "../scopes.ts";

export interface AuthorizeRequest {
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  isOffline: boolean;
  /** Words of the prompt parameter. */
  prompt: string[];
  includesGranted: boolean;
  challenge: string | null;
  challengeMethod: "S256" | "plain";
}

/** A request which Google refuses on its own page, without sending the browser back. */
export class AuthorizeFailure extends Error {
  override name = "AuthorizeFailure";

  constructor(readonly error: string, message: string, readonly status: 400 | 401 | 403 = 400) {
    super(message);
  }
}

/** An answer for the app: the browser is sent back with this error. */
export class RefusedConsent extends Error {
  override name = "RefusedConsent";

  constructor(readonly error: string, readonly back: Pick<AuthorizeRequest, "redirectUri" | "state">) {
    super(error);
  }
}

const PROMPTS: readonly string[] = ["none", "consent", "select_account"];

/** Checks the parameters of an authorize request. Throws AuthorizeFailure for everything that is wrong with them. */
export function readAuthorizeRequest(query: URLSearchParams, app: RegisteredApp): AuthorizeRequest {
  const clientId = required(query, "client_id");
  if (clientId !== app.clientId) {
    throw new AuthorizeFailure("invalid_client", "The OAuth client was not found.", 401);
  }
  const redirectUri = required(query, "redirect_uri");
  if (!app.redirectUris.includes(redirectUri)) {
    const message =
      "The redirect URI in the request does not match the ones authorized for the OAuth client.";
    throw new AuthorizeFailure("redirect_uri_mismatch", `${message} redirect_uri=${redirectUri}`);
  }
  if (required(query, "response_type") !== "code") {
    throw new AuthorizeFailure("unsupported_response_type", "Only the response_type 'code' is supported.");
  }
  const { scopes, unknown } = parseScopes(required(query, "scope"));
  if (unknown !== null) {
    throw new AuthorizeFailure("invalid_scope", `Some requested scopes were invalid. {invalid=[${unknown}]}`);
  }
  const accessType = query.get("access_type") ?? "online";
  if (accessType !== "online" && accessType !== "offline") {
    throw invalid(`Invalid parameter value for access_type: '${accessType}' is not a valid access type`);
  }
  const prompt = (query.get("prompt") ?? "").split(" ").filter(Boolean);
  const isOddPrompt = prompt.some((word) => !PROMPTS.includes(word)) ||
    (prompt.includes("none") && prompt.length > 1);
  if (isOddPrompt) throw invalid("Invalid parameter value for prompt");
  return {
    redirectUri,
    scopes,
    state: query.get("state"),
    nonce: query.get("nonce"),
    isOffline: accessType === "offline",
    prompt,
    includesGranted: query.get("include_granted_scopes") === "true",
    ...readChallenge(query),
  };
}

function readChallenge(query: URLSearchParams): Pick<AuthorizeRequest, "challenge" | "challengeMethod"> {
  const challenge = query.get("code_challenge");
  const method = query.get("code_challenge_method") ?? "plain";
  if (method !== "S256" && method !== "plain") throw invalid("Invalid code_challenge_method");
  if (challenge === null) {
    if (query.has("code_challenge_method")) throw invalid("Missing required parameter: code_challenge");
  } else if (!/^[A-Za-z0-9_~.-]{43,128}$/.test(challenge)) {
    throw invalid("Invalid code_challenge");
  }
  return { challenge, challengeMethod: method };
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw invalid(`Missing required parameter: ${name}`);
}

function invalid(message: string): AuthorizeFailure {
  return new AuthorizeFailure("invalid_request", message);
}
