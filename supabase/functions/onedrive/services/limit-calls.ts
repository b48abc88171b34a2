import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";

/** Calls a minute of one person, by what they do. */
const LIMITS = { connect: 60, "upload-url": 120, library: 240, link: 60, fragments: 600 };
const WINDOW_SECONDS = 60;

/** Refuses a person who calls too often, with the seconds to wait. */
export async function limitCalls(
  deps: OnedriveDeps,
  caller: Caller,
  what: keyof typeof LIMITS,
): Promise<void> {
  const retryAfterSeconds = await deps.takeRateLimit(
    caller.id,
    `onedrive/${what}`,
    LIMITS[what],
    WINDOW_SECONDS,
  );
  if (retryAfterSeconds > 0) throw new AppError("rate_limited", { retryAfterSeconds });
}
