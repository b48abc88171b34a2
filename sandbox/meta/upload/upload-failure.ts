/** A refusal of rupload.facebook.com, whose body tells whether to try again. */
export class UploadFailure extends Error {
  override name = "UploadFailure";

  constructor(
    readonly type: string,
    message: string,
    readonly extra: { status?: number; isRetriable?: boolean } = {},
  ) {
    super(message);
  }
}

export const offsetInvalid = () =>
  new UploadFailure("OffsetInvalidError", "Request starting offset is invalid", {
    status: 412,
    isRetriable: true,
  });

export const partialRequest = () =>
  new UploadFailure("PartialRequestError", "Partial request (did not match length of file)", {
    isRetriable: true,
  });

export const processingFailed = (message = "Request processing failed") =>
  new UploadFailure("ProcessingFailedError", message);

export const notAuthorized = (message: string) => new UploadFailure("NotAuthorizedError", message);

/** The failure as an HTTP answer. */
export function renderUploadFailure(failure: UploadFailure, retryAfterS: number | null = null): Response {
  const { status = 400, isRetriable = false } = failure.extra;
  const debug = { retriable: isRetriable, type: failure.type, message: failure.message };
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  return Response.json({ debug_info: debug }, { status, headers });
}

/** What the host says when it answers only with a status, for injected faults. */
export function uploadFailureForStatus(status: number): UploadFailure {
  if (status === 412) return offsetInvalid();
  const isRetriable = status >= 500 || status === 429;
  return new UploadFailure("ProcessingFailedError", "Request processing failed", { status, isRetriable });
}
