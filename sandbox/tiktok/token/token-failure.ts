import { logId } from "../tiktok-failure.ts";

/** A refusal of the OAuth endpoints, in the flat form of OAuth. */
export class TokenFailure extends Error {
  override name = "TokenFailure";

  constructor(readonly error: string, message: string, readonly status?: number) {
    super(message);
  }
}

/** What the endpoints answer for an injected status. */
export function tokenFailureForStatus(status: number): TokenFailure {
  if (status >= 500) return new TokenFailure("server_error", "Something went wrong.", status);
  if (status === 429) return new TokenFailure("rate_limit_exceeded", "Too many requests.", status);
  if (status === 401) {
    return new TokenFailure("invalid_client", "Client key or secret is incorrect.", status);
  }
  return new TokenFailure("invalid_request", "The request parameters are malformed.", status);
}

/** The failure as an HTTP answer. Refusals come with `usualStatus`, which may be 200. */
export function renderTokenFailure(
  failure: TokenFailure,
  usualStatus: number,
  retryAfterS: number | null = null,
): Response {
  const body = { error: failure.error, error_description: failure.message, log_id: logId() };
  return Response.json(body, {
    status: failure.status ?? usualStatus,
    headers: {
      "cache-control": "no-store",
      ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
    },
  });
}
