import type { Kit } from "../kit/provider.ts";
import { ResendFailure } from "./resend-failure.ts";

/** The lower of the two limits that are told: 2 in older texts, 5 in newer ones. */
const PER_SECOND = 2;

/** Lets as many requests through in each second as a Resend team may send. Throws 429 for the rest. */
export function createRateGate(kit: Kit) {
  let windowStart = 0;
  let count = 0;
  return function takeTurn(): Record<string, string> {
    const limit = kit.settings.get("resend", "requests_per_second", PER_SECOND);
    const now = kit.now();
    if (now - windowStart >= 1000) [windowStart, count] = [now, 0];
    count++;
    const headers = {
      "ratelimit-limit": String(limit),
      "ratelimit-remaining": String(Math.max(0, limit - count)),
      "ratelimit-reset": "1",
    };
    if (count > limit) {
      const message = `Too many requests. You can only make ${limit} requests per second.`;
      throw new ResendFailure(429, "rate_limit_exceeded", message, { ...headers, "retry-after": "1" });
    }
    return headers;
  };
}
