import { ProviderConfigError } from "./provider-errors.ts";

const BATCH = 10;
const MAX_BATCHES = 20;

/**
 * Claims what is due, batch by batch, and renews it. Returns how many worked. `misconfigured` in the log is the
 * operator's alarm: a service refuses our registration, and every account there will run out of tokens.
 */
export async function renewDueTokens<Claim>(
  claimDue: (holder: string, limit: number) => Promise<readonly Claim[]>,
  renew: (claim: Claim, holder: string) => Promise<unknown>,
): Promise<{ renewed: number; failed: number; misconfigured: boolean }> {
  const holder = crypto.randomUUID();
  const total = { renewed: 0, failed: 0, misconfigured: false };
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const claims = await claimDue(holder, BATCH);
    const results = await Promise.allSettled(claims.map((claim) => renew(claim, holder)));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    total.misconfigured ||= reasons.some((reason) => reason instanceof ProviderConfigError);
    total.failed += reasons.length;
    total.renewed += claims.length - reasons.length;
    // A failed one stays due; claiming it again at once would only hammer the service.
    if (claims.length < BATCH || reasons.length > 0) break;
  }
  return total;
}
