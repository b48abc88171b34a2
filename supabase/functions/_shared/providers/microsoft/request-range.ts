import { isOutgoingUrlAllowed } from "../../core/outgoing-url.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { PROVIDER } from "./error-answer.ts";
import type { HttpDeps } from "./http.ts";

/** From the request to the last byte. */
const TIMEOUT_MS = 60_000;

interface RangeOptions extends HttpDeps {
  /** Origins that are excepted from the rule for outgoing addresses. */
  allowOrigins: readonly string[];
}

export type RequestRange = ReturnType<typeof createRequestRange>;

/**
 * Asks for bytes [start, end) of a file at its download address, which is its own credential: no token goes along.
 * Resolves to the answer with its body unread. Throws ProviderApiError; 401, 403, 404 and 410 mean that the address is
 * over, not that the file is gone.
 */
export function createRequestRange({ fetch: doFetch = fetch, allowOrigins }: RangeOptions) {
  return async (downloadUrl: string, start: number, end: number): Promise<Response> => {
    if (!isOutgoingUrlAllowed(downloadUrl, allowOrigins)) {
      throw new ProviderApiError(PROVIDER, 422, "download_address_not_allowed");
    }
    const response = await doFetch(downloadUrl, {
      // Encoded bytes would be decoded on the way and be more than their length says.
      headers: { range: `bytes=${start}-${end - 1}`, "accept-encoding": "identity" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      // The cause would carry the address, which opens the file.
      throw new ProviderApiError(PROVIDER, 0, "no_answer");
    });
    if (response.status === 206 && isRange(response, start, end)) return response;
    await response.body?.cancel();
    const code = response.ok ? "range_ignored" : "";
    throw new ProviderApiError(PROVIDER, response.status, code, readRetryAfter(response));
  };
}

function isRange(response: Response, start: number, end: number): boolean {
  const range = /^bytes (\d+)-(\d+)\//.exec(response.headers.get("content-range") ?? "");
  return range !== null && Number(range[1]) === start && Number(range[2]) === end - 1;
}
