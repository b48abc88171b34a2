import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import type { Person } from "../account.ts";
import type { MetaToken, SignIn } from "../grants.ts";
import { missingPermission } from "../meta-failure.ts";
import type { MetaState } from "../state.ts";
import type { Parameters } from "./parameters.ts";

/** Who calls, proven by a token. */
export interface Caller {
  tokenText: string;
  token: MetaToken;
  person: Person;
  /** What the token may do now. */
  scopes: readonly string[];
}

/** One authenticated call of a graph host. */
export interface GraphCall {
  kit: Kit;
  state: MetaState;
  host: SignIn;
  version: string;
  url: URL;
  params: Parameters;
  exchange: Exchange;
  caller: Caller;
}

/** Throws code 10 unless the caller has the permission that its sign-in names so. */
export function requireScope({ host, caller }: GraphCall, names: Record<SignIn, string>): void {
  if (!caller.scopes.includes(names[host])) throw missingPermission();
}

export const READ_INSTAGRAM = { facebook: "instagram_basic", instagram: "instagram_business_basic" };
export const PUBLISH_INSTAGRAM = {
  facebook: "instagram_content_publish",
  instagram: "instagram_business_content_publish",
};
