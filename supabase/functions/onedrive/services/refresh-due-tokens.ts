import { ProviderConfigError } from "../../_shared/core/provider-errors.ts";
import type { OnedriveDeps } from "./deps.ts";

const DUE_WITHIN_SECONDS = 15 * 60;
const BATCH = 10;
const MAX_BATCHES = 20;

/**
 * Renews the tokens of every connection that has less than 15 minutes left. Returns how many worked. `misconfigured`
 * in the log is the operator's alarm: Microsoft refuses our registration, and every account will run out of tokens.
 */
export async function refreshDueTokens(
  deps: OnedriveDeps,
): Promise<{ renewed: number; failed: number; misconfigured: boolean }> {
  const holder = crypto.randomUUID();
  const total = { renewed: 0, failed: 0, misconfigured: false };
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const claims = await deps.tokens.claimDueRefreshes(holder, DUE_WITHIN_SECONDS, BATCH);
    const results = await Promise.allSettled(claims.map((claim) => deps.access.renewClaimed(claim, holder)));
    const failed = results.filter((result) => result.status === "rejected").length;
    total.misconfigured ||= results.some((result) =>
      result.status === "rejected" && result.reason instanceof ProviderConfigError
    );
    total.failed += failed;
    total.renewed += claims.length - failed;
    // A failed one stays due; claiming it again at once would only hammer the service.
    if (claims.length < BATCH || failed > 0) break;
  }
  return total;
}
