import { z } from "zod";
import { ProviderApiError, ProviderUserError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

export const PROVIDER = "onedrive";

const MAX_NESTING = 6;
const envelopeSchema = z.object({ error: z.looseObject({ code: z.string().optional() }) });

/** Reads all error codes of a Graph or upload-host body, outermost first; both spellings of innerError occur. */
export function readErrorCodes(body: unknown): string[] {
  const parsed = envelopeSchema.safeParse(body);
  if (!parsed.success) return [];
  const codes: string[] = [];
  let level: unknown = parsed.data.error;
  for (let depth = 0; depth < MAX_NESTING && isRecord(level); depth++) {
    if (typeof level.code === "string") codes.push(level.code);
    level = level.innerError ?? level.innererror;
  }
  return codes;
}

/** Translates a failed answer of Graph or of an upload host; never looks at `message`. */
export function translateGraphError(response: Response, body: unknown): Error {
  const codes = readErrorCodes(body);
  if (response.status === 507 || codes.includes("quotaLimitReached")) {
    return new ProviderUserError(PROVIDER, "quota_exceeded");
  }
  if (codes.includes("invalidPath") || codes.includes("pathIsTooLong")) {
    return new ProviderUserError(PROVIDER, "name_invalid");
  }
  return new ProviderApiError(PROVIDER, response.status, codes.at(-1) ?? "", readRetryAfter(response));
}

/** True for the answer of Graph that says "no such item". */
export function isMissingItem(error: unknown): boolean {
  return error instanceof ProviderApiError && error.status === 404;
}

/** True when a name is taken in a folder, also by an upload that was never finished. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof ProviderApiError && error.status === 409;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
