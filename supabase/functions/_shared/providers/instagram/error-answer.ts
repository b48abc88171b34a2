import { z } from "zod";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "instagram";

const envelopeSchema = z.object({
  error: z.looseObject({
    code: z.number(),
    error_subcode: z.number().optional(),
    fbtrace_id: z.string().optional(),
  }),
});

/** Refused for good; code and subcode are Meta's (rule: Instagram Platform, Error Codes). */
export class InstagramRefusal extends Error {
  override readonly name = "InstagramRefusal";
  constructor(
    readonly code: number,
    readonly subcode: number | null,
    readonly status: number,
  ) {
    super(`Instagram refused: ${code}${subcode === null ? "" : `/${subcode}`}`);
  }
}

/** The account's publishing limit of 24 hours is used up. */
export class InstagramQuotaSpent extends Error {
  override readonly name = "InstagramQuotaSpent";
}

const AUTH_CODES = [102, 190];
/** App, user, Page and business-use-case limits: the same call passes later. */
const LIMIT_CODES = [4, 17, 32, 341, 613, 80001, 80002];
const SPAM = 2207051;
/** Trouble of Instagram's own servers, told as 400. */
const PASSING_SUBCODES = [2207001, 2207003, 2207032, 2207053];
const QUOTA = { code: 9, subcode: 2207042 };

/** Translates a failed answer; looks at status, code and subcode, never at the localised message. */
export function translateInstagramError(response: Response, body: unknown): Error {
  const { status } = response;
  const parsed = envelopeSchema.safeParse(body);
  if (!parsed.success) return new ProviderApiError(PROVIDER, status, "");
  const { code, error_subcode: subcode = null } = parsed.data.error;
  const name = subcode === null ? String(code) : `${code}/${subcode}`;
  if (AUTH_CODES.includes(code)) return new ProviderAuthError(PROVIDER, name);
  if (code === QUOTA.code && subcode === QUOTA.subcode) return new InstagramQuotaSpent();
  if (LIMIT_CODES.includes(code) && subcode !== SPAM) {
    return new ProviderApiError(PROVIDER, 429, name, readRegainSeconds(response));
  }
  const isPassing = status >= 500 || code === 1 || code === 2 || PASSING_SUBCODES.includes(subcode ?? 0);
  if (isPassing && subcode !== 2207057) return new ProviderApiError(PROVIDER, Math.max(status, 500), name);
  return new InstagramRefusal(code, subcode, status);
}

/** Seconds until calls pass again: Retry-After, or the header that names minutes; 15 minutes without either. */
function readRegainSeconds(response: Response): number {
  const retryAfterSeconds = readRetryAfter(response);
  if (retryAfterSeconds !== undefined) return retryAfterSeconds;
  const header = response.headers.get("x-business-use-case-usage") ?? "";
  const minutes = [...header.matchAll(/"estimated_time_to_regain_access":\s*(\d+)/g)].map((match) =>
    Number(match[1])
  );
  return Math.max(0, ...minutes) * 60 || 15 * 60;
}
