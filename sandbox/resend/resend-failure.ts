/** A refusal of Resend: status, name and sentence. */
export class ResendFailure extends Error {
  constructor(
    readonly status: number,
    override readonly name: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** What Resend answers for an injected status. */
export function failureForStatus(status: number, retryAfterS: number | null): ResendFailure {
  const name = NAMES[status] ?? (status >= 500 ? "internal_server_error" : "validation_error");
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  return new ResendFailure(status, name, "The sandbox was told to refuse.", headers);
}

const NAMES: Record<number, string> = {
  401: "missing_api_key",
  403: "invalid_api_key",
  404: "not_found",
  405: "method_not_allowed",
  409: "concurrent_idempotent_requests",
  422: "invalid_parameter",
  429: "rate_limit_exceeded",
  451: "security_error",
  500: "application_error",
};

export function renderFailure(failure: ResendFailure): Response {
  const { status, name, message, headers } = failure;
  return Response.json({ statusCode: status, name, message }, { status, headers });
}
