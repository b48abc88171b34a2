import type { PostTarget } from "./post-target.ts";

type MovingTarget = Pick<PostTarget, "status" | "scheduled_for" | "retry_at">;

const ENDED = ["published", "failed", "canceled", "draft"];
/** Wait for their user, who may act in another tab. */
const PARKED = ["needs_reauth", "needs_conversion"];
const FAST_MS = 1_000;
const SLOW_MS = 30_000;
/** Work on a post may begin this long before its time. */
const LEAD_MS = 20 * 60_000;

/**
 * When to look at targets again: every second while something moves, slower the longer nothing has changed, a
 * few times a minute while everything waits, never once all have ended.
 * @param quietMs how long the answer has been the same
 * @returns milliseconds, or false for never
 */
export function pollDelay(
  targets: readonly MovingTarget[],
  quietMs: number,
  now: Date = new Date(),
): number | false {
  const open = targets.filter(({ status }) => !ENDED.includes(status));
  if (open.length === 0) return false;
  if (!open.some((target) => isMoving(target, now))) return SLOW_MS;
  return Math.min(SLOW_MS, Math.max(FAST_MS, Math.floor(quietMs / 10)));
}

function isMoving({ status, scheduled_for, retry_at }: MovingTarget, now: Date): boolean {
  const isNear = (time: string) => Date.parse(time) - now.getTime() < SLOW_MS;
  if (PARKED.includes(status)) return false;
  if (status === "scheduled") return Date.parse(scheduled_for) - now.getTime() < LEAD_MS;
  if (status === "ready") return isNear(scheduled_for);
  if (status === "retry_wait" || status === "quota_wait") return retry_at === null || isNear(retry_at);
  return true;
}
