import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** Takes one call of a route; resolves to 0 when it is allowed, else to the seconds to wait. */
export type TakeRateLimit = (
  subject: string,
  route: string,
  limit: number,
  windowSeconds: number,
) => Promise<number>;

/** Counters in private.rate_limits (service_role). */
export function createTakeRateLimit({ admin }: Pick<DatabaseClients, "admin">): TakeRateLimit {
  return async (subject, route, limit, windowSeconds) =>
    unwrap(
      await admin.rpc("take_rate_limit", {
        p_subject: subject,
        p_route: route,
        p_limit: limit,
        p_window_seconds: windowSeconds,
      }),
    );
}
