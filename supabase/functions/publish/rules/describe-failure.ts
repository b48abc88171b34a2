import { PUBLISH_FAILURES, type PublishFailureCode } from "../../_shared/contracts/publish-failures.ts";
import { ProviderApiError, ProviderAuthError } from "../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused, SourceGone } from "../../_shared/core/publish-errors.ts";
import type { Failure } from "../../_shared/db/publish-jobs.ts";

/** By provider and its word: what there is to do but connecting the account again. */
const AUTH_CODES: Readonly<Record<string, PublishFailureCode>> = {
  "blotato key_refused": "blotato_key_refused",
  "blotato plan_without_api": "blotato_plan_without_api",
};

/** A failure as its user reads it, with the platform's own words for its support. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof PostRefused) {
    const { code, message, reference } = error;
    return { code, message, providerReference: reference };
  }
  if (error instanceof ProviderApiError) {
    const code = error.provider === "onedrive" ? "onedrive_busy" : "platform_busy";
    return {
      ...describe(code),
      providerStatus: error.status,
      providerReference: error.providerCode || undefined,
    };
  }
  return describe(codeOf(error));
}

function codeOf(error: unknown): PublishFailureCode {
  if (error instanceof ProviderAuthError) {
    if (error.provider === "onedrive") return "onedrive_reauth_required";
    return AUTH_CODES[`${error.provider} ${error.message}`] ?? "post_reauth_required";
  }
  if (error instanceof BudgetSpent) return "quota_reached";
  if (error instanceof SourceGone) return "video_file_gone";
  return "post_internal_error";
}

function describe(code: PublishFailureCode): Failure {
  return { code, message: PUBLISH_FAILURES[code] };
}
