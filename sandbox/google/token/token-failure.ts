/** A refusal of oauth2.googleapis.com in the flat form of OAuth. */
export class TokenFailure extends Error {
  override name = "TokenFailure";

  constructor(readonly error: string, message: string, readonly status = 400) {
    super(message);
  }
}

/** What every dead or unknown refresh token gets. */
export const deadGrant = () => new TokenFailure("invalid_grant", "Token has been expired or revoked.");

/** What the endpoints answer for an injected status. */
export function tokenFailureForStatus(status: number): TokenFailure {
  if (status >= 500) return new TokenFailure("internal_failure", "Internal error, please retry.", status);
  if (status === 429) return new TokenFailure("rate_limit_exceeded", "Rate Limit Exceeded", status);
  if (status === 401) return new TokenFailure("invalid_client", "Unauthorized", status);
  return new TokenFailure("invalid_request", "Bad Request", status);
}

/** The failure as an HTTP answer. */
export function renderTokenFailure(failure: TokenFailure, retryAfterS: number | null = null): Response {
  return Response.json({ error: failure.error, error_description: failure.message }, {
    status: failure.status,
    headers: {
      "cache-control": "no-store",
      ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
    },
  });
}
