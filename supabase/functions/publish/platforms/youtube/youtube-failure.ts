import { PUBLISH_FAILURES, type PublishFailureCode } from "../../../_shared/contracts/publish-failures.ts";
import { BudgetSpent, PostRefused } from "../../../_shared/core/publish-errors.ts";
import { nextMidnight } from "../../../_shared/core/time-zone.ts";
import { YoutubeQuotaSpent, YoutubeRefusal } from "../../../_shared/providers/youtube/error-answer.ts";

const DAY_MS = 24 * 3600 * 1000;
/** Rule: YouTube Data API, quota: the project's day ends at midnight Pacific time. */
const QUOTA_ZONE = "America/Los_Angeles";

const TEXT_REASONS =
  /^invalid(Title|Description|Tags|CategoryId|PublishAt|VideoMetadata|RecordingDetails)|^defaultLanguageNotSet/;
const ACCOUNT_REASONS =
  /^(forbidden|youtubeSignupRequired|channel(Closed|Suspended)|authenticatedUserAccount)/;

const REJECTIONS: Record<string, PublishFailureCode | undefined> = {
  duplicate: "rejected_as_duplicate",
  length: "rejected_for_length",
  claim: "rejected_for_rights",
  copyright: "rejected_for_rights",
  trademark: "rejected_for_rights",
  codec: "rejected_unreadable",
  conversion: "rejected_unreadable",
  emptyFile: "rejected_unreadable",
  invalidFile: "rejected_unreadable",
  tooSmall: "rejected_unreadable",
};

/** What a failure of YouTube means to a post; anything that may pass is left as it is. */
export function toPostFailure(error: unknown, now: Date): unknown {
  if (error instanceof YoutubeQuotaSpent) {
    const until = error.scope === "project"
      ? nextMidnight(QUOTA_ZONE, now)
      : new Date(now.getTime() + DAY_MS);
    return new BudgetSpent(`youtube.${error.scope}`, until);
  }
  if (!(error instanceof YoutubeRefusal)) return error;
  const code = codeOf(error.reason);
  return new PostRefused("failed", code, PUBLISH_FAILURES[code], error.reason);
}

/** YouTube's word for why a video it had taken is not there (rule: YouTube Data API, videos resource, status). */
export function toRejection(reason: string): PublishFailureCode {
  return REJECTIONS[reason] ?? "rejected_after_upload";
}

function codeOf(reason: string): PublishFailureCode {
  if (TEXT_REASONS.test(reason)) return "platform_refused_text";
  if (ACCOUNT_REASONS.test(reason)) return "platform_refused_account";
  return "platform_refused";
}
