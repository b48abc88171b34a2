import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { TiktokState } from "../state.ts";
import { TiktokFailure } from "../tiktok-failure.ts";

const POSTS_PER_DAY = 15;
const UNAUDITED_USERS_PER_DAY = 5;

/** What keeps an account from posting at all right now, as a failure of that status; null for nothing. */
export function findObstacle(
  kit: Kit,
  state: TiktokState,
  account: Account,
  status: number,
): TiktokFailure | null {
  if (kit.settings.get("tiktok", "banned", false)) {
    return new TiktokFailure(
      status,
      "spam_risk_user_banned_from_posting",
      "The user is banned from making new posts.",
    );
  }
  if (
    state.calls.postsToday(account.name) >= kit.settings.get("tiktok", "publishes_per_day", POSTS_PER_DAY)
  ) {
    return new TiktokFailure(
      status,
      "spam_risk_too_many_posts",
      "The daily post cap from the API is reached for the current user.",
    );
  }
  const usual = kit.settings.get("tiktok", "unaudited", false) ? UNAUDITED_USERS_PER_DAY : Infinity;
  const active = state.calls.activeAccounts();
  const isFull = active.length >= kit.settings.get("tiktok", "users_per_day", usual);
  return isFull && !active.includes(account.name)
    ? new TiktokFailure(
      status,
      "reached_active_user_cap",
      "The daily quota for active publishing users from your client is reached.",
    )
    : null;
}
