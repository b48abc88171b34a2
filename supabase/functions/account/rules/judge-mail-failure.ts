import { ProviderApiError, ProviderConfigError } from "../../_shared/core/provider-errors.ts";
import type { Postponement } from "../../_shared/db/mail-outbox.ts";

export type MailVerdict = ({ kind: "later" } & Postponement) | {
  kind: "never";
  code: string;
  message: string;
};

const QUOTAS = ["daily_quota_exceeded", "monthly_quota_exceeded"];
const STILL_RUNNING_SECONDS = 5;

/** What becomes of a mail after a failed call; null for an error that is not about the mail service. Rule: Resend, "Errors". */
export function judgeMailFailure(error: unknown): MailVerdict | null {
  if (error instanceof ProviderConfigError) {
    const message = "The mail service refuses our key or sender; see RESEND_API_KEY and MAIL_FROM.";
    return {
      kind: "later",
      code: error.providerCode,
      message,
      isCertain: true,
      counts: false,
      stop: "refused",
    };
  }
  if (!(error instanceof ProviderApiError)) return null;
  const { status, providerCode, retryAfterSeconds: waitSeconds } = error;
  const about = { code: providerCode || `status_${status}`, message: error.message };
  // The first call with this key has not ended yet: what it does is the answer to the next.
  if (providerCode === "concurrent_idempotent_requests") {
    return {
      kind: "later",
      ...about,
      isCertain: false,
      counts: false,
      waitSeconds: waitSeconds ?? STILL_RUNNING_SECONDS,
    };
  }
  if (QUOTAS.includes(providerCode)) {
    return { kind: "later", ...about, isCertain: true, counts: false, stop: "quota" };
  }
  if (status === 429) {
    return { kind: "later", ...about, isCertain: true, counts: false, waitSeconds: waitSeconds ?? 1 };
  }
  if (error.isTransient || (status >= 200 && status < 300)) {
    return { kind: "later", ...about, isCertain: false, counts: true, waitSeconds };
  }
  return { kind: "never", ...about };
}
