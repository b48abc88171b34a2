import type { RegisteredApp } from "../../kit/registered-app.ts";
import { isAlwaysGranted, parseScopes } from "../scopes.ts";
import type { DialogRules } from "./dialog-rules.ts";

export interface DialogRequest {
  redirectUri: string;
  scopes: string[];
  state: string | null;
  /** Whether permissions that were declined before are asked for again. */
  isRerequest: boolean;
  challenge: string | null;
  challengeMethod: "S256" | "plain";
}

/** A request which the dialog refuses on its own page, without sending the browser back. */
export class DialogFailure extends Error {
  override name = "DialogFailure";
}

const AUTH_TYPES = ["rerequest", "reauthenticate", "reauthorize"];

/** Checks the parameters of a dialog. Throws DialogFailure for everything that is wrong with them. */
export function readDialogRequest(
  rules: DialogRules,
  query: URLSearchParams,
  app: RegisteredApp,
): DialogRequest {
  if (required(query, "client_id") !== app.clientId) {
    throw new DialogFailure("Invalid App ID: The provided app ID does not look like a valid app ID.");
  }
  const redirectUri = required(query, "redirect_uri");
  if (!app.redirectUris.includes(redirectUri)) {
    throw new DialogFailure(
      "URL Blocked: This redirect failed because the redirect URI is not white-listed in the app's client " +
        "OAuth settings.",
    );
  }
  if (required(query, "response_type") !== "code") throw new DialogFailure("Invalid response_type");
  const { scopes, unknown } = parseScopes(rules.signIn, query.get("scope") ?? "");
  if (unknown !== null) throw new DialogFailure(`Invalid Scopes: ${unknown}.`);
  if (rules.signIn === "instagram" && !scopes.some((scope) => isAlwaysGranted("instagram", scope))) {
    throw new DialogFailure("Invalid scope: instagram_business_basic is required.");
  }
  const authType = query.get("auth_type");
  if (authType !== null && !authType.split(",").every((word) => AUTH_TYPES.includes(word))) {
    throw new DialogFailure("Invalid auth_type");
  }
  return {
    redirectUri,
    scopes: rules.signIn === "facebook" ? [...new Set([...scopes, "public_profile"])] : scopes,
    state: query.get("state"),
    isRerequest: authType?.includes("rerequest") ?? false,
    ...readChallenge(query),
  };
}

function readChallenge(query: URLSearchParams): Pick<DialogRequest, "challenge" | "challengeMethod"> {
  const challenge = query.get("code_challenge");
  const method = query.get("code_challenge_method") ?? "plain";
  if (method !== "S256" && method !== "plain") throw new DialogFailure("Invalid code_challenge_method");
  if (challenge === null && query.has("code_challenge_method")) {
    throw new DialogFailure("Missing code_challenge");
  }
  if (challenge !== null && !/^[A-Za-z0-9_~.-]{43,128}$/.test(challenge)) {
    throw new DialogFailure("Invalid code_challenge");
  }
  return { challenge, challengeMethod: method };
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new DialogFailure(`The parameter ${name} is required`);
}
