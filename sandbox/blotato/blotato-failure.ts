const NAMES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  411: "Length Required",
  413: "Payload Too Large",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
};

/** A refusal of Blotato: status and sentence. */
export class BlotatoFailure extends Error {
  override name = "BlotatoFailure";

  constructor(readonly status: number, message: string, readonly retryAfterS: number | null = null) {
    super(message);
  }
}

/** The body of every refusal: status, its name, a sentence. */
export function renderFailure({ status, message, retryAfterS }: BlotatoFailure): Response {
  const error = NAMES[status] ?? "Internal Server Error";
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  return Response.json({ statusCode: status, error, message }, { status, headers });
}
