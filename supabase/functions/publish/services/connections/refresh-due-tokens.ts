import { renewDueTokens } from "../../../_shared/core/renew-due-tokens.ts";
import type { ConnectionDeps } from "./deps.ts";

/** Renews the tokens that are due by their platform's rule. Returns how many worked. */
export function refreshDueTokens({ tokens, access }: Pick<ConnectionDeps, "tokens" | "access">) {
  return renewDueTokens(tokens.claimDueRefreshes, access.renewClaimed);
}
