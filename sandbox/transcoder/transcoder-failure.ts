/** A refusal of the transcoder: status, code and sentence. */
export class TranscoderFailure extends Error {
  override readonly name = "TranscoderFailure";

  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

const CODES: Record<number, string> = { 401: "key_refused", 404: "job_not_found", 429: "too_many_jobs" };

/** What the transcoder answers for an injected status. */
export function failureForStatus(status: number): TranscoderFailure {
  return new TranscoderFailure(
    status,
    CODES[status] ?? (status >= 500 ? "internal_error" : "invalid_request"),
    "The sandbox was told to refuse.",
  );
}

export function renderFailure(
  { status, code, message }: TranscoderFailure,
  retryAfterS: number | null = null,
) {
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  return Response.json({ code, message }, { status, headers });
}
