import { z } from "zod";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "blotato";

/** The `message` of a ProviderAuthError of Blotato: nobody's key, or one whose plan has no API. */
export const KEY_REFUSED = "key_refused";
export const PLAN_WITHOUT_API = "plan_without_api";

const MAX_REASON = 500;
const bodySchema = z.object({ message: z.union([z.string(), z.array(z.string())]) });

/** Refused for good; `reason` are Blotato's own words, without addresses. */
export class BlotatoRefusal extends Error {
  override readonly name = "BlotatoRefusal";
  constructor(readonly status: number, readonly reason: string) {
    super(`Blotato refused: ${status} ${reason}`);
  }
}

/** Translates a failed answer (rule: Blotato REST API: 401 key, 403 plan, 422 validation, 429 rate). */
export function translateBlotatoError(response: Response, body: unknown): Error {
  const { status } = response;
  if (status === 401) return new ProviderAuthError(PROVIDER, KEY_REFUSED);
  if (status === 403) return new ProviderAuthError(PROVIDER, PLAN_WITHOUT_API);
  const parsed = bodySchema.safeParse(body);
  const reason = parsed.success ? withoutAddresses([parsed.data.message].flat().join("; ")) : "";
  if (status === 408 || status === 429 || status >= 500) {
    return new ProviderApiError(PROVIDER, status === 408 ? 503 : status, "", readRetryAfter(response));
  }
  return status >= 400
    ? new BlotatoRefusal(status, reason)
    : new ProviderApiError(PROVIDER, 502, `status_${status}`);
}

/** Blotato's words without the addresses in them, which may open a file. */
export function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z]+:\/\/\S+/gi, "[address]").slice(0, MAX_REASON);
}
