import type { MiddlewareHandler } from "hono";
import { AppError } from "../core/app-error.ts";
import type { Clock } from "../core/clock.ts";
import { isEqualConstantTime } from "../core/constant-time.ts";
import { hmacSha256Hex } from "../core/digest.ts";
import type { AppEnv } from "./caller.ts";

const WINDOW_SECONDS = 60;

interface RequireInternalOptions {
  secret: string;
  clock: Clock;
}

/**
 * Lets scheduled calls through: `x-cron-signature` is the hex HMAC-SHA256 of `<timestamp>.<public path>`, the
 * timestamp (Unix seconds) at most a minute away. private.call_function in SQL makes these headers.
 */
export function requireInternal(options: RequireInternalOptions): MiddlewareHandler<AppEnv> {
  return async function requireInternal(c, next) {
    const timestamp = c.req.header("x-cron-timestamp");
    const signature = c.req.header("x-cron-signature");
    if (!timestamp || !signature) throw new AppError("missing_credentials");
    const ageSeconds = Math.abs(options.clock().getTime() / 1000 - Number(timestamp));
    const expected = await hmacSha256Hex(options.secret, `${timestamp}./functions/v1${c.req.path}`);
    const isGenuine = isEqualConstantTime(expected, signature);
    if (!isGenuine || !(ageSeconds <= WINDOW_SECONDS)) throw new AppError("invalid_credentials");
    await next();
  };
}
