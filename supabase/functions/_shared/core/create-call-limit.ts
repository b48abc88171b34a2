import { AppError } from "./app-error.ts";

interface LimitDeps {
  /** Counts a call of a person; resolves to the seconds to wait, 0 when the call may go on. */
  takeRateLimit(userId: string, scope: string, limit: number, windowSeconds: number): Promise<number>;
}

/**
 * The limits of a function's calls: for each kind of call how many one person may make in `windowSeconds`. The result
 * counts a call; it throws AppError `rate_limited`, with the seconds to wait, for one too many.
 */
export function createCallLimit<Kind extends string>(
  domain: string,
  limits: Readonly<Record<Kind, number>>,
  windowSeconds: number,
) {
  return async (deps: LimitDeps, caller: { id: string }, kind: Kind): Promise<void> => {
    const scope = `${domain}/${kind}`;
    const retryAfterSeconds = await deps.takeRateLimit(caller.id, scope, limits[kind], windowSeconds);
    if (retryAfterSeconds > 0) throw new AppError("rate_limited", { retryAfterSeconds });
  };
}
