import { AppError } from "../../_shared/core/app-error.ts";
import type { AccountDeps, Caller } from "./deps.ts";

/** Calls an hour of one person. An export reads everything; a password may be guessed. */
const LIMITS = { export: 10, delete: 20 };
const WINDOW_SECONDS = 3600;

/** Refuses a person who calls too often, with the seconds to wait. */
export async function limitCalls(
  deps: AccountDeps,
  caller: Caller,
  what: keyof typeof LIMITS,
): Promise<void> {
  const retryAfterSeconds = await deps.takeRateLimit(
    caller.id,
    `account/${what}`,
    LIMITS[what],
    WINDOW_SECONDS,
  );
  if (retryAfterSeconds > 0) {
    throw new AppError("rate_limited", { retryAfterSeconds });
  }
}
