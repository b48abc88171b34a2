/** A refusal of Graph or of the upload and download hosts, in their error envelope. */
export class GraphFailure extends Error {
  override name = "GraphFailure";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: { inner?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }
}

export const itemNotFound = () => new GraphFailure(404, "itemNotFound", "The resource could not be found.");

export const invalidRequest = (message: string, inner?: string) =>
  new GraphFailure(400, "invalidRequest", message, inner === undefined ? {} : { inner });

export const nameAlreadyExists = () =>
  new GraphFailure(409, "nameAlreadyExists", "An item with the same name already exists under the parent.");

export const quotaLimitReached = () =>
  new GraphFailure(507, "quotaLimitReached", "The user has reached their quota limit.");

export const notSupported = (message: string, status = 400) =>
  new GraphFailure(status, "notSupported", message);

export const resourceModified = () =>
  new GraphFailure(412, "resourceModified", "The resource being updated has changed.");

/** What Graph says when it answers only with a status, for injected faults. */
export function failureForStatus(status: number, retryAfterS: number | null): GraphFailure {
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  const known = STATUS_CODES[status];
  if (known === undefined) return new GraphFailure(status, "UnknownError", "", { headers });
  return new GraphFailure(status, known.code, known.message, { headers, inner: known.inner });
}

const STATUS_CODES: Record<number, { code: string; message: string; inner?: string }> = {
  400: { code: "invalidRequest", message: "The request is malformed or incorrect." },
  401: { code: "InvalidAuthenticationToken", message: "Lifetime validation failed, the token is expired." },
  403: { code: "accessDenied", message: "Access denied." },
  404: { code: "itemNotFound", message: "The resource could not be found." },
  409: { code: "nameAlreadyExists", message: "The specified item name already exists." },
  412: { code: "resourceModified", message: "The resource being updated has changed." },
  416: { code: "invalidRange", message: "The specified byte range is invalid.", inner: "fragmentOverlap" },
  423: { code: "resourceLocked", message: "The resource is locked." },
  429: {
    code: "activityLimitReached",
    message: "The app or user has been throttled.",
    inner: "throttledRequest",
  },
  500: { code: "generalException", message: "An unspecified error has occurred." },
  503: { code: "serviceNotAvailable", message: "The service is not available. Try the request again." },
  507: { code: "quotaLimitReached", message: "The user has reached their quota limit." },
  509: { code: "activityLimitReached", message: "The app or user has been throttled." },
};
