import { ProviderConfigError } from "../../../_shared/core/provider-errors.ts";
import type { ConnectionDeps } from "./deps.ts";

const BATCH = 10;
const MAX_BATCHES = 20;

/**
 * Renews the tokens that are due by their platform's rule. Returns how many worked. `misconfigured` in the log is the
 * operator's alarm: a platform refuses our registration, and its accounts will run out of tokens.
 */
export async function refreshDueTokens(
  deps: ConnectionDeps,
): Promise<{ renewed: number; failed: number; misconfigured: boolean }> {
  const holder = crypto.randomUUID();
  const total = { renewed: 0, failed: 0, misconfigured: false };
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const claims = await deps.tokens.claimDueRefreshes(holder, BATCH);
    const results = await Promise.allSettled(claims.map((claim) => deps.access.renewClaimed(claim, holder)));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    total.misconfigured ||= reasons.some((reason) => reason instanceof ProviderConfigError);
    total.failed += reasons.length;
    total.renewed += claims.length - reasons.length;
    // A failed one stays due; claiming it again at once would only hammer the service.
    if (claims.length < BATCH || reasons.length > 0) break;
  }
  return total;
}
