import { renewDueTokens } from "../../_shared/core/renew-due-tokens.ts";
import type { OnedriveDeps } from "./deps.ts";

const DUE_WITHIN_SECONDS = 15 * 60;

/** Renews the tokens of every connection that has less than 15 minutes left. Returns how many worked. */
export function refreshDueTokens({ tokens, access }: Pick<OnedriveDeps, "tokens" | "access">) {
  return renewDueTokens(
    (holder, limit) => tokens.claimDueRefreshes(holder, DUE_WITHIN_SECONDS, limit),
    access.renewClaimed,
  );
}
