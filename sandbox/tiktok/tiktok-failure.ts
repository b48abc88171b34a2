import { randomText } from "../kit/random-text.ts";

/** A refusal of open.tiktokapis.com: a code in the envelope, and a status that may well be 200. */
export class TiktokFailure extends Error {
  override name = "TiktokFailure";

  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

export const invalidParams = (message: string) => new TiktokFailure(400, "invalid_params", message);

export const notAuthorized = (scope: string) =>
  new TiktokFailure(
    401,
    "scope_not_authorized",
    `The user did not authorize the scope required for completing this request: ${scope}.`,
  );

export const badToken = () =>
  new TiktokFailure(401, "access_token_invalid", "The access token is invalid or not found in the request.");

export const rateExceeded = () =>
  new TiktokFailure(429, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later.");

/** What the API answers for an injected status. */
export function failureForStatus(status: number): TiktokFailure {
  if (status === 401) return new TiktokFailure(401, badToken().code, badToken().message);
  if (status === 429) return rateExceeded();
  if (status >= 500) return new TiktokFailure(status, "internal_error", "Something went wrong on our side.");
  return new TiktokFailure(status, "invalid_params", "The request is not valid.");
}

/** The answer to a call that went well. */
export function renderData(data: object): Response {
  return Response.json({ data, error: { code: "ok", message: "", log_id: logId() } });
}

export function renderFailure(failure: TiktokFailure, retryAfterS: number | null = null): Response {
  return Response.json(
    { data: {}, error: { code: failure.code, message: failure.message, log_id: logId() } },
    { status: failure.status, headers: retryAfterS === null ? {} : { "retry-after": String(retryAfterS) } },
  );
}

export function logId(): string {
  return `2026${randomText(12).toUpperCase()}`;
}
