import { createHmac } from "node:crypto";
import type { Kit } from "../../kit/provider.ts";
import type { MetaToken, SignIn } from "../grants.ts";
import { badParameter, invalidToken, MetaFailure } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import type { Caller } from "./graph-call.ts";
import type { Parameters } from "./parameters.ts";

const DEATHS: Readonly<Record<number, string>> = {
  459: "The session has been invalidated because the user has been checkpointed.",
  460:
    "The session has been invalidated because the user changed their password or Facebook has changed the " +
    "session for security reasons.",
  464: "The user is not a confirmed user.",
  467: "The session is invalid because the user logged out.",
  492: "The user must be an administrator, editor, or moderator of the page in order to impersonate it.",
};

/** Finds who calls. Throws codes 104, 190 and 2500 for tokens that do not count, 100 for a wrong proof. */
export function authenticate(
  kit: Kit,
  state: MetaState,
  host: SignIn,
  request: Request,
  params: Parameters,
): Caller {
  const tokenText = readToken(request, params);
  if (tokenText === null) throw new MetaFailure(104, "An access token is required to request this resource.");
  checkProof(kit, host, tokenText, params.get("appsecret_proof"));
  if (tokenText === appToken(kit)) {
    const message = "An active access token must be used to query information about the current user.";
    throw new MetaFailure(2500, message);
  }
  return callerOf(kit, state, host, tokenText);
}

/** The holder of a live token of that sign-in. Throws 190. */
export function callerOf(kit: Kit, state: MetaState, host: SignIn, tokenText: string): Caller {
  const token = state.tokens.get(tokenText);
  const person = token && state.people.get(token.person);
  if (
    token === undefined || person === undefined || (token.kind === "instagram") !== (host === "instagram")
  ) {
    throw invalidToken("Invalid OAuth access token - Cannot parse access token");
  }
  const ended = whyEnded(kit, token);
  if (ended !== null) throw ended;
  const granted = state.grantedScopes(host, token.person);
  const scopes = host === "instagram" ? token.scopes.filter((scope) => granted.includes(scope)) : granted;
  return { tokenText, token, person, scopes };
}

/** Why a token does not count any more; null while it does. */
export function whyEnded(kit: Kit, token: MetaToken): MetaFailure | null {
  if (token.death !== null) {
    const reason = DEATHS[token.death] ?? `The user has not authorized application ${kit.app.clientId}.`;
    return invalidToken(`Error validating access token: ${reason}`, token.death);
  }
  if (token.expiresAt === null || kit.now() < token.expiresAt) return null;
  const since = new Date(token.expiresAt).toUTCString();
  return invalidToken(`Error validating access token: Session has expired on ${since}.`, 463);
}

/** The token of a parameter or of a Bearer header; null when there is none. */
export function readToken(request: Request, params: Parameters): string | null {
  const bearer = /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return params.get("access_token") || (bearer ?? null);
}

/** The token that is the app itself. */
export function appToken(kit: Kit): string {
  return `${kit.app.clientId}|${kit.app.clientSecret}`;
}

/** A proof must be the HMAC-SHA256 of the token; without one only an app that asks for it refuses. */
function checkProof(kit: Kit, host: SignIn, tokenText: string, proof: string | null): void {
  if (proof === null) {
    if (host === "facebook" && readSwitch(kit, host, "require_appsecret_proof")) {
      throw badParameter("API calls from the server require an appsecret_proof argument", {
        type: "GraphMethodException",
      });
    }
    return;
  }
  const expected = createHmac("sha256", kit.app.clientSecret).update(tokenText).digest("hex");
  if (proof.toLowerCase() !== expected) {
    throw badParameter("Invalid appsecret_proof provided in the API argument", {
      type: "GraphMethodException",
    });
  }
}
