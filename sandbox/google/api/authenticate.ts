import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import { GoogleFailure } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";

export interface Caller {
  account: Account;
  scopes: string[];
}

/** Finds who calls by the access token. Throws 401. */
export function authenticate(kit: Kit, state: GoogleState, request: Request): Caller {
  const presented = readAccessToken(request);
  if (presented === null) {
    throw unauthorized("authorizationRequired", "The request uses no credential.", "youtube.header");
  }
  const token = state.accessTokens.get(presented);
  const account = token && state.accounts.get(token.account);
  if (token === undefined || account === undefined || token.expiresAt <= kit.now()) {
    throw unauthorized("authError", "Invalid Credentials", "global");
  }
  return { account, scopes: token.scopes };
}

/** The token of the Authorization header or of the `access_token` parameter; null when there is none. */
export function readAccessToken(request: Request): string | null {
  const bearer = /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return bearer ?? new URL(request.url).searchParams.get("access_token");
}

/** The refusal for a token without the scope a method needs. */
export function insufficientScope(): GoogleFailure {
  return new GoogleFailure(
    403,
    "insufficientPermissions",
    "Request had insufficient authentication scopes.",
    {
      domain: "global",
      status: "PERMISSION_DENIED",
      headers: {
        "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"',
      },
    },
  );
}

function unauthorized(reason: string, message: string, domain: string): GoogleFailure {
  return new GoogleFailure(401, reason, message, {
    domain,
    location: "Authorization",
    locationType: "header",
    status: "UNAUTHENTICATED",
    headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  });
}
