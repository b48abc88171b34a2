import { PUBLISH_FAILURES, type PublishFailureCode } from "../../../_shared/contracts/publish-failures.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused } from "../../../_shared/core/publish-errors.ts";
import { BlotatoRefusal, PROVIDER } from "../../../_shared/providers/blotato/error-answer.ts";

const DAY_MS = 24 * 3600 * 1000;

/** What a failed post waits for, or why it never goes out. */
export type PostFailure =
  /** It may go out when it is submitted again. */
  | { kind: "again"; cause: ProviderApiError | BudgetSpent | PostRefused }
  | { kind: "final"; failure: { code: PublishFailureCode; message: string; providerReference?: string } };

/**
 * Words of Blotato and of TikTok behind it, the first that matches (rule: TikTok for Developers, Content Posting API,
 * fail_reason and error codes, which Blotato passes on in its sentences).
 */
const FINAL: readonly (readonly [RegExp, PublishFailureCode])[] = [
  [/user_banned|banned from posting/i, "account_restricted"],
  [/spam_risk/i, "flagged_as_spam"],
  [/caption|\btext\b|characters/i, "platform_refused_text"],
  [/duration_check|too long|duration/i, "rejected_for_length"],
  [/too large|file size|exceeds .*\b(MB|GB)\b/i, "blotato_file_too_large"],
  [/auth_removed|access_token|scope_|re-?connect|not connected|disconnected/i, "blotato_account_lost"],
  [/account/i, "platform_refused_account"],
];
const CAPPED = /reached_active_user_cap|too_many_posts|too_many_pending|daily (post )?limit/i;
const PASSING =
  /failed to download|pull_failed|\binternal\b|timed? ?out|timeout|try again|temporar|rate.?limit|server error/i;
const FORMAT =
  /file_format_check|frame_rate_check|picture_size_check|bitrate_check|unsupported media|media type/i;

/** What the words of a failed post mean; `now` begins the day that a cap of TikTok lasts. */
export function toPostFailure(reason: string, now: Date): PostFailure {
  if (CAPPED.test(reason)) {
    return { kind: "again", cause: new BudgetSpent("tiktok.posts", new Date(now.getTime() + DAY_MS)) };
  }
  if (PASSING.test(reason)) return { kind: "again", cause: new ProviderApiError(PROVIDER, 503, reason) };
  if (FORMAT.test(reason)) {
    const message = PUBLISH_FAILURES.format_not_accepted;
    return {
      kind: "again",
      cause: new PostRefused("needs_conversion", "format_not_accepted", message, reason),
    };
  }
  return { kind: "final", failure: describeFinal(reason) };
}

/** What a refused submission means; anything that is no refusal is left as it is. */
export function toRefusal(error: unknown): unknown {
  if (!(error instanceof BlotatoRefusal)) return error;
  const { code, message, providerReference } = describeFinal(error.reason || `status ${error.status}`);
  return new PostRefused("failed", code, message, providerReference);
}

function describeFinal(reason: string) {
  const code = FINAL.find(([words]) => words.test(reason))?.[1] ?? "platform_refused";
  const said = code === "platform_refused" && reason !== "" ? ` Blotato says: ${reason}` : "";
  return { code, message: `${PUBLISH_FAILURES[code]}${said}`, providerReference: reason || undefined };
}
