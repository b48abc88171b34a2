import { z } from "zod";
import { ProviderApiError, ProviderAuthError, ProviderConfigError } from "../../core/provider-errors.ts";
import type { ProviderAnswer } from "../../core/provider-http.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "facebook";

const envelopeSchema = z.object({
  error: z.looseObject({ code: z.number(), error_subcode: z.number().optional() }),
});

const AUTH_CODES = [102, 190];
/** Our registration or secret is refused. Code 1 is also Meta's "unknown error", told apart by the message alone. */
const CONFIG_CODES = [101, 191];
const LIMIT_CODES = [4, 17, 32, 341, 613, 80001];
const PASSING_CODES = [1, 2];

/** Asked for what the person did not allow, or for something that is not there (rule: Graph API, Handling Errors). */
export class GraphRefusal extends Error {
  override readonly name = "GraphRefusal";
  constructor(
    readonly code: number,
    readonly subcode: number | null,
  ) {
    super(`Facebook refused: ${code}${subcode === null ? "" : `/${subcode}`}`);
  }
}

/** Rule: Graph API, Handling Errors: 10 and 200-299 mean that the person took a permission back, or lost a role. */
export function isPermissionGone({ code }: GraphRefusal): boolean {
  return code === 10 || (code >= 200 && code < 300);
}

/** Translates a failed answer of graph.facebook.com; looks at status, code and subcode, never at the message. */
export function translateGraphError({ response, body }: ProviderAnswer): Error {
  const { status } = response;
  const parsed = envelopeSchema.safeParse(body);
  if (!parsed.success) {
    return new ProviderApiError(PROVIDER, status, "", readRetryAfter(response));
  }
  const { code, error_subcode: subcode = null } = parsed.data.error;
  const name = subcode === null ? String(code) : `${code}/${subcode}`;
  if (AUTH_CODES.includes(code)) return new ProviderAuthError(PROVIDER, name);
  if (CONFIG_CODES.includes(code)) {
    return new ProviderConfigError(PROVIDER, name);
  }
  if (LIMIT_CODES.includes(code)) {
    return new ProviderApiError(PROVIDER, 429, name, readRetryAfter(response));
  }
  if (status >= 500 || PASSING_CODES.includes(code)) {
    return new ProviderApiError(PROVIDER, Math.max(status, 500), name, readRetryAfter(response));
  }
  return new GraphRefusal(code, subcode);
}
