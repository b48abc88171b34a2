import { z } from "zod";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "tiktok";

/** TikTok names no time after a 429; its limits are per minute. */
const USUAL_PAUSE_SECONDS = 30;

/** Every answer of the API, good or bad; good is code `ok`, whatever the status (rule: TikTok API v2, Error Handling). */
export const envelopeSchema = z.object({
  data: z.unknown(),
  error: z.object({ code: z.string(), message: z.string().default("") }),
});

/** Nobody posts, or this account does not, for about a day; `code` is TikTok's own word. */
export class TiktokCapReached extends Error {
  override readonly name = "TiktokCapReached";
  constructor(readonly code: string) {
    super(`TikTok takes no more posts: ${code}`);
  }
}

/** Refused for good: `code` is TikTok's own word (rule: Content Posting API, error codes). */
export class TiktokRefusal extends Error {
  override readonly name = "TiktokRefusal";
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string,
  ) {
    super(`TikTok refused: ${code}`);
  }
}

const AUTH_CODES = ["access_token_invalid", "scope_not_authorized", "scope_permission_missed"];
const CAP_CODES = ["spam_risk_too_many_posts", "reached_active_user_cap"];

/** Translates an answer that is not `ok`; looks at the code before the status, which may be 200. */
export function translateTiktokError(response: Response, body: unknown): Error {
  const { status } = response;
  const parsed = envelopeSchema.safeParse(body);
  const { code, message } = parsed.success ? parsed.data.error : { code: "", message: "" };
  if (AUTH_CODES.includes(code) || status === 401) return new ProviderAuthError(PROVIDER, code || "401");
  if (CAP_CODES.includes(code)) return new TiktokCapReached(code);
  if (code === "rate_limit_exceeded" || status === 429) {
    return new ProviderApiError(PROVIDER, 429, code, readRetryAfter(response) ?? USUAL_PAUSE_SECONDS);
  }
  if (code === "internal_error" || status >= 500 || !parsed.success) {
    return new ProviderApiError(PROVIDER, Math.max(status, 500), code, readRetryAfter(response));
  }
  return new TiktokRefusal(code, status, message);
}
