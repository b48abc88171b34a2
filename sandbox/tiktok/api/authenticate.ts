import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { TiktokState } from "../state.ts";
import { badToken } from "../tiktok-failure.ts";

export interface Caller {
  account: Account;
  scopes: string[];
  token: string;
}

/** Finds who calls by the bearer token. Throws 401 access_token_invalid. */
export function authenticate(kit: Kit, state: TiktokState, request: Request): Caller {
  const presented = readAccessToken(request);
  const token = state.accessTokens.get(presented);
  const account = token && state.accounts.get(token.account);
  if (token === undefined || account === undefined || token.expiresAt <= kit.now()) throw badToken();
  return { account, scopes: token.scopes, token: presented };
}

/** Empty when there is none. */
export function readAccessToken(request: Request): string {
  return /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
}
