import { PUBLISH_FAILURES, type PublishFailureCode } from "../../../_shared/contracts/publish-failures.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused } from "../../../_shared/core/publish-errors.ts";
import { PROVIDER, TiktokCapReached, TiktokRefusal } from "../../../_shared/providers/tiktok/error-answer.ts";

const DAY_MS = 24 * 3600 * 1000;

/** TikTok's words for why it takes no post, and what they are here (rule: Content Posting API, error codes). */
const REFUSALS: Record<string, PublishFailureCode | undefined> = {
  unaudited_client_can_only_post_to_private_accounts: "app_not_audited",
  privacy_level_option_mismatch: "audience_not_offered",
  spam_risk_user_banned_from_posting: "account_restricted",
};

/** TikTok's words for why nothing came of a post it had taken (rule: Content Posting API, Get Post Status). */
const REJECTIONS: Record<string, PublishFailureCode | undefined> = {
  file_format_check_failed: "rejected_unreadable",
  frame_rate_check_failed: "rejected_unreadable",
  picture_size_check_failed: "rejected_unreadable",
  video_bitrate_check_failed: "rejected_unreadable",
  duration_check_failed: "rejected_for_length",
  auth_removed: "access_taken_back",
  spam_risk_user_banned_from_posting: "account_restricted",
  spam_risk_text: "platform_refused_text",
  spam_risk: "flagged_as_spam",
};

/** What a failure of TikTok means to a post; anything that may pass is left as it is. */
export function toPostFailure(error: unknown, now: Date): unknown {
  if (error instanceof TiktokCapReached) {
    return new BudgetSpent(`tiktok.${error.code}`, new Date(now.getTime() + DAY_MS));
  }
  return error instanceof TiktokRefusal ? refuse(codeOf(error), error.code) : error;
}

export function refuse(code: PublishFailureCode, reference?: string): PostRefused {
  return new PostRefused("failed", code, PUBLISH_FAILURES[code], reference);
}

export function toRejection(failReason: string | null): PublishFailureCode {
  return REJECTIONS[failReason ?? ""] ?? "rejected_after_upload";
}

/** What a post that failed waits for before it is made again; null where that would not help. */
export function toPassingRejection(failReason: string | null, now: Date): unknown {
  if (failReason === "internal") return new ProviderApiError(PROVIDER, 503, failReason);
  return failReason === "spam_risk_too_many_posts"
    ? toPostFailure(new TiktokCapReached(failReason), now)
    : null;
}

function codeOf({ code, detail }: TiktokRefusal): PublishFailureCode {
  const known = REFUSALS[code];
  if (known) return known;
  if (code.startsWith("spam_risk")) return "flagged_as_spam";
  // Since August 2026 some apps are refused every upload of more than one chunk.
  if (code.startsWith("invalid_param") && /chunk/i.test(detail)) return "large_file_refused";
  return "platform_refused";
}
