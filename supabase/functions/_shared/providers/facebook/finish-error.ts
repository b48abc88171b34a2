import { ProviderApiError } from "../../core/provider-errors.ts";
import type { ProviderAnswer } from "../../core/provider-http.ts";
import { translateGraphError } from "./error-answer.ts";

/** The Page's reels of 24 hours are used up. */
export class FacebookQuotaSpent extends Error {
  override readonly name = "FacebookQuotaSpent";
}

/** Limits of one Page. Meta does not say which of them its limit of Reels answers with. */
const PAGE_LIMITS = ["32", "613"];

/** Translates a refused finish phase; which limit it met is looked for in the code. */
export function translateFinishError(answer: ProviderAnswer): Error {
  const error = translateGraphError(answer);
  const isLimit = error instanceof ProviderApiError && error.status === 429 &&
    PAGE_LIMITS.includes(error.providerCode.split("/")[0]!);
  return isLimit ? new FacebookQuotaSpent() : error;
}
