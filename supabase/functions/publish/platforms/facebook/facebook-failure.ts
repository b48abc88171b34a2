import { PUBLISH_FAILURES, type PublishFailureCode } from "../../../_shared/contracts/publish-failures.ts";
import { ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused } from "../../../_shared/core/publish-errors.ts";
import { FacebookQuotaSpent } from "../../../_shared/providers/facebook/finish-error.ts";
import { GraphRefusal, isPermissionGone } from "../../../_shared/providers/facebook/error-answer.ts";

const HOUR_MS = 3600 * 1000;

/** Rule: Reels Publishing API, Error Codes; Graph API, Video, errors. */
const LENGTH_CODE = 1363128;
const SHAPE_CODES = [1363040, 1363127, 1363129];
const UNREADABLE_CODES = [1363022, 1363024, 1363025];
const BLOCKED_CODE = 368;
const DUPLICATE_CODE = 506;

/** What a failure of Facebook means to a post; anything that may pass is left as it is. */
export function toPostFailure(error: unknown, now: Date): unknown {
  // The window rolls: room comes back post by post.
  if (error instanceof FacebookQuotaSpent) {
    return new BudgetSpent("facebook.reels", new Date(now.getTime() + HOUR_MS));
  }
  if (!(error instanceof GraphRefusal)) return error;
  const reference = `${error.code}${error.subcode === null ? "" : `/${error.subcode}`}`;
  if (isPermissionGone(error)) return new ProviderAuthError("facebook", reference);
  return toFileRefusal(error.subcode) ?? refuse(codeOf(error), reference);
}

/** What Facebook's number for a file means before the post went out; null when another upload may do. */
export function toFileRefusal(code: number | null): PostRefused | null {
  if (code === LENGTH_CODE) return refuse("format_refused", String(code));
  const isFile = SHAPE_CODES.includes(code ?? 0) || UNREADABLE_CODES.includes(code ?? 0);
  return isFile ? refuse("format_not_accepted", String(code)) : null;
}

/** Facebook's number for why a Reel it had accepted does not come. */
export function toRejection(code: number | null): PublishFailureCode {
  if (code === LENGTH_CODE) return "rejected_for_length";
  const isFile = SHAPE_CODES.includes(code ?? 0) || UNREADABLE_CODES.includes(code ?? 0);
  return isFile ? "rejected_unreadable" : "rejected_after_upload";
}

export function refuse(code: PublishFailureCode, reference?: string): PostRefused {
  const status = code === "format_not_accepted" ? "needs_conversion" : "failed";
  return new PostRefused(status, code, PUBLISH_FAILURES[code], reference);
}

function codeOf({ code }: GraphRefusal): PublishFailureCode {
  if (code === BLOCKED_CODE) return "flagged_as_spam";
  if (code === DUPLICATE_CODE) return "rejected_as_duplicate";
  return "platform_refused";
}
