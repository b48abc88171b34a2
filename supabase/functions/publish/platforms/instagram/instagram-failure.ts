import { PUBLISH_FAILURES, type PublishFailureCode } from "../../../_shared/contracts/publish-failures.ts";
import { ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused } from "../../../_shared/core/publish-errors.ts";
import { InstagramQuotaSpent, InstagramRefusal } from "../../../_shared/providers/instagram/error-answer.ts";

const HOUR_MS = 3600 * 1000;

/** Rule: Instagram Platform, Error Codes: the file's content, not its way to Instagram. */
const FORMAT_SUBCODES = [2207026, 2207023, 2207089];
const TEXT_SUBCODES = [2207010, 2207057];
const SPAM_SUBCODE = 2207051;
const RESTRICTED_SUBCODE = 2207050;
const RESTRICTED_CODE = 25;

/** What a failure of Instagram means to a post; anything that may pass is left as it is. */
export function toPostFailure(error: unknown, now: Date): unknown {
  // The window rolls: room comes back post by post.
  if (error instanceof InstagramQuotaSpent) {
    return new BudgetSpent("instagram.publishes", new Date(now.getTime() + HOUR_MS));
  }
  if (!(error instanceof InstagramRefusal)) return error;
  // A permission taken back, or an account that is not professional any more: both end with another consent.
  if (isPermissionGone(error)) {
    return new ProviderAuthError("instagram", `${error.code}/${error.subcode ?? ""}`);
  }
  return refuse(codeOf(error), `${error.code}/${error.subcode ?? ""}`);
}

/** What the error number in a container's status means: null when another container may do. */
export function toContainerRefusal(subcode: string | null): PostRefused | null {
  return FORMAT_SUBCODES.includes(Number(subcode)) ? refuse("format_not_accepted", String(subcode)) : null;
}

/** Rule: Graph API, Handling Errors. */
export function isPermissionGone({ code, subcode }: InstagramRefusal): boolean {
  return subcode !== RESTRICTED_SUBCODE && (code === 10 || (code >= 200 && code < 300));
}

function refuse(code: PublishFailureCode, reference: string): PostRefused {
  const status = code === "format_not_accepted" ? "needs_conversion" : "failed";
  return new PostRefused(status, code, PUBLISH_FAILURES[code], reference);
}

function codeOf({ code, subcode }: InstagramRefusal): PublishFailureCode {
  if (subcode === SPAM_SUBCODE) return "flagged_as_spam";
  if (subcode === RESTRICTED_SUBCODE) return "account_restricted";
  if (TEXT_SUBCODES.includes(subcode ?? 0)) return "platform_refused_text";
  if (FORMAT_SUBCODES.includes(subcode ?? 0)) return "format_not_accepted";
  if (code === RESTRICTED_CODE) return "platform_refused_account";
  return "platform_refused";
}
