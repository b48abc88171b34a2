import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { TiktokCapReached, TiktokRefusal } from "../../../_shared/providers/tiktok/error-answer.ts";

const TOO_MANY =
  "TikTok takes no more posts of this account today. Try again tomorrow, or schedule it: a post for later waits for its day.";
const APP_IS_FULL =
  "Too many people posted to TikTok through Cliprelay today. Try again tomorrow; a scheduled post waits by itself.";

/** Why an account can post nothing right now, for its user; null when the error is about something else. */
export function describeObstacle(error: unknown): { code: string; message: string } | null {
  if (error instanceof TiktokCapReached) {
    return {
      code: "quota_reached",
      message: error.code === "reached_active_user_cap" ? APP_IS_FULL : TOO_MANY,
    };
  }
  if (!(error instanceof TiktokRefusal)) return null;
  const code = error.code === "spam_risk_user_banned_from_posting"
    ? "account_restricted"
    : "platform_refused_account";
  return { code, message: PUBLISH_FAILURES[code] };
}
