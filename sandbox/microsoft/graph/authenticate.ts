import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import { GraphFailure } from "../graph-failure.ts";
import type { MicrosoftState } from "../state.ts";

export interface Caller {
  account: Account;
  scopes: string[];
}

/** Finds who calls by the bearer token. Throws Graph's 401 with the message that fits. */
export function authenticate(kit: Kit, state: MicrosoftState, headers: Headers): Caller {
  const token = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined) throw invalidToken("Access token is empty.");
  const known = state.accessTokens.get(token);
  const account = known === undefined ? undefined : state.accounts.get(known.account);
  if (known === undefined || account === undefined) {
    throw invalidToken("CompactToken parsing failed with error code: 80049217");
  }
  if (known.expiresAt <= kit.now()) {
    throw invalidToken(
      account.kind === "business"
        ? "Lifetime validation failed, the token is expired."
        : "CompactToken validation failed with reason code: 80049228.",
    );
  }
  return { account, scopes: known.scopes };
}

export function accessDenied(): GraphFailure {
  return new GraphFailure(403, "accessDenied", "Access denied.");
}

function invalidToken(message: string): GraphFailure {
  const headers = {
    "www-authenticate":
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  };
  return new GraphFailure(401, "InvalidAuthenticationToken", message, { headers });
}
