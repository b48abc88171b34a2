import { ProviderApiError, ProviderAuthError } from "../../_shared/core/provider-errors.ts";
import type { ClaimedWatch } from "../../_shared/db/onedrive-watches.ts";
import { shareOfTime } from "../rules/share-of-time.ts";
import type { OnedriveDeps } from "./deps.ts";
import { followDrive } from "./follow-drive.ts";

const DRIVES_PER_CALL = 10;
/** Well below what one invocation may take; what is left over goes on with the next one. */
const BUDGET_MS = 60_000;
const RETRY_SECONDS = 15 * 60;
const DAY_SECONDS = 24 * 3600;

/** Reads what changed in drives that are due. Every step is stored, so an end at any moment loses nothing. */
export async function followChanges(
  deps: OnedriveDeps,
): Promise<{ done: number; unfinished: number; failed: number }> {
  const holder = crypto.randomUUID();
  const until = deps.clock().getTime() + BUDGET_MS;
  const total = { done: 0, unfinished: 0, failed: 0 };
  const now = () => deps.clock().getTime();
  const watches = await deps.watches.claim(holder, DRIVES_PER_CALL);
  for (const [index, watch] of watches.entries()) {
    const endsAt = now() + shareOfTime(until - now(), watches.length - index);
    total[await followOne(deps, watch, holder, () => now() < endsAt)]++;
  }
  return total;
}

async function followOne(
  deps: OnedriveDeps,
  watch: ClaimedWatch,
  holder: string,
  hasTime: () => boolean,
): Promise<"done" | "unfinished" | "failed"> {
  try {
    const isDone = await followDrive(deps, watch, holder, hasTime);
    await deps.watches.release(watch.connectionId, holder, isDone ? null : 0);
    return isDone ? "done" : "unfinished";
  } catch (error) {
    const { retrySeconds, code } = describeFailure(error);
    await deps.watches.release(watch.connectionId, holder, retrySeconds, code);
    return "failed";
  }
}

/** An account without permission is looked at again when it is connected again; that makes it due at once. */
function describeFailure(error: unknown): { retrySeconds: number; code: string } {
  if (error instanceof ProviderAuthError) return { retrySeconds: DAY_SECONDS, code: "reauth_required" };
  if (error instanceof ProviderApiError) {
    const code = error.providerCode || `status_${error.status}`;
    return { retrySeconds: Math.max(RETRY_SECONDS, error.retryAfterSeconds ?? 0), code };
  }
  return { retrySeconds: RETRY_SECONDS, code: "internal_error" };
}
