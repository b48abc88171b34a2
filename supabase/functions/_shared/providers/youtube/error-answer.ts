import { z } from "zod";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "youtube";

const envelopeSchema = z.object({
  error: z.object({ errors: z.array(z.object({ reason: z.string() })).default([]) }),
});

/** A limit of YouTube that frees at a known time: the project's day ends at midnight Pacific, a channel's after 24 h. */
export class YoutubeQuotaSpent extends Error {
  override readonly name = "YoutubeQuotaSpent";
  constructor(readonly scope: "project" | "channel") {
    super(`YouTube's limit of the ${scope} is reached.`);
  }
}

/** Refused for good: `reason` is YouTube's own word (rule: YouTube Data API, errors of videos.insert). */
export class YoutubeRefusal extends Error {
  override readonly name = "YoutubeRefusal";
  constructor(
    readonly reason: string,
    readonly status: number,
  ) {
    super(`YouTube refused: ${reason}`);
  }
}

const AUTH_REASONS = ["authError", "authorizationRequired", "insufficientPermissions", "invalidCredentials"];
const PASSING_REASONS = ["rateLimitExceeded", "userRateLimitExceeded", "uploadRateLimitExceeded"];

/** Translates a failed answer; looks at status and reason, never at the message. */
export function translateYoutubeError(response: Response, body: unknown): Error {
  const { status } = response;
  const parsed = envelopeSchema.safeParse(body);
  const reason = parsed.success ? (parsed.data.error.errors[0]?.reason ?? "") : "";
  if (status === 401 && reason !== "youtubeSignupRequired") return new ProviderAuthError(PROVIDER, reason);
  if (AUTH_REASONS.includes(reason)) return new ProviderAuthError(PROVIDER, reason);
  if (reason === "quotaExceeded") return new YoutubeQuotaSpent("project");
  if (reason === "uploadLimitExceeded") return new YoutubeQuotaSpent("channel");
  const isPassing = status === 429 || status >= 500 || PASSING_REASONS.includes(reason);
  if (isPassing) {
    return new ProviderApiError(
      PROVIDER,
      status < 500 ? 429 : status,
      reason,
      readRetryAfter(response),
    );
  }
  return new YoutubeRefusal(reason || `status_${status}`, status);
}
