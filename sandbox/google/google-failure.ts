/** What an error carries besides its message. */
interface FailureExtra {
  domain?: string;
  location?: string;
  locationType?: "parameter" | "header" | "other";
  /** Name of the canonical status, for errors of Google's newer front end. */
  status?: string;
  headers?: Record<string, string>;
}

/** A refusal of www.googleapis.com in Google's error envelope; `reason` is what callers branch on. */
export class GoogleFailure extends Error {
  override name = "GoogleFailure";

  constructor(
    readonly httpStatus: number,
    readonly reason: string,
    message: string,
    readonly extra: FailureExtra = {},
  ) {
    super(message);
  }
}

/** Input that the videos resource refuses with 400. */
export const invalidVideo = (reason: string, message: string, location?: string) =>
  new GoogleFailure(400, reason, message, {
    domain: "youtube.video",
    ...(location === undefined ? {} : { location, locationType: "other" }),
  });

export const badRequest = (message: string, reason = "badRequest") =>
  new GoogleFailure(400, reason, message, { domain: "global" });

export const missingParameter = (name: string) =>
  new GoogleFailure(400, "missingRequiredParameter", `Required parameter: ${name}`, {
    domain: "youtube.parameter",
    location: name,
    locationType: "parameter",
  });

export const videoNotFound = (location = "id") =>
  new GoogleFailure(404, "videoNotFound", "The video that you are trying to use cannot be found.", {
    domain: "youtube.video",
    location,
    locationType: "parameter",
  });

export const signupRequired = () =>
  new GoogleFailure(401, "youtubeSignupRequired", "Unauthorized", {
    domain: "youtube.header",
    location: "Authorization",
    locationType: "header",
  });

export const notFound = () => new GoogleFailure(404, "notFound", "Not Found", { domain: "global" });

/** What the API says when it answers only with a status, for injected faults. */
export function failureForStatus(status: number, retryAfterS: number | null): GoogleFailure {
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  const [reason, message, domain] = KNOWN_STATUSES[status] ??
    (status >= 500
      ? ["backendError", "Backend Error", "global"]
      : ["badRequest", "The sandbox refuses.", "global"]);
  return new GoogleFailure(status, reason, message, { domain, headers });
}

const KNOWN_STATUSES: Record<number, [reason: string, message: string, domain: string]> = {
  400: ["badRequest", "Bad Request", "global"],
  401: ["authError", "Invalid Credentials", "global"],
  403: ["forbidden", "Access forbidden. The request may not be properly authorized.", "youtube.common"],
  404: ["notFound", "Not Found", "global"],
  410: ["gone", "Gone", "global"],
  429: ["rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"],
  500: ["internalError", "Internal Error", "global"],
  503: ["backendError", "Backend Error", "global"],
};

/** The failure as an HTTP answer. */
export function renderGoogleFailure(failure: GoogleFailure): Response {
  const { domain = "global", location, locationType, status, headers } = failure.extra;
  const detail = {
    message: failure.message,
    domain,
    reason: failure.reason,
    ...(location === undefined ? {} : { location, locationType }),
  };
  const error = {
    code: failure.httpStatus,
    message: failure.message,
    errors: [detail],
    ...(status === undefined ? {} : { status }),
  };
  return new Response(JSON.stringify({ error }, null, 2), {
    status: failure.httpStatus,
    headers: { "content-type": "application/json; charset=UTF-8", "cache-control": "private", ...headers },
  });
}
