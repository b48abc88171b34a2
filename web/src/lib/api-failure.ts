/** A request that did not work out, in words for a person. */
export class ApiFailure extends Error {
  /**
   * @param code stable code of docs/errors.md, or `network_error` and `unexpected_answer` from the browser
   * @param status HTTP status, 0 when no answer came
   * @param requestId what to quote to support, null when no answer came
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string | null = null,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = "ApiFailure";
  }
}

/** True when trying again may help: nothing answered, or the service said so. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && [0, 429, 502, 503, 504].includes(error.status);
}
