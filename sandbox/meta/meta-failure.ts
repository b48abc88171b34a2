import { randomText } from "../kit/random-text.ts";
import type { SignIn } from "./grants.ts";

interface FailureExtra {
  status?: number;
  subcode?: number;
  type?: string;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
  headers?: Record<string, string>;
}

/** A refusal in the envelope of Meta's graph hosts; callers branch on `code` and `subcode`. */
export class MetaFailure extends Error {
  override name = "MetaFailure";

  constructor(readonly code: number, message: string, readonly extra: FailureExtra = {}) {
    super(message);
  }
}

/** Wrong input: code 100. */
export const badParameter = (message: string, extra: FailureExtra = {}) =>
  new MetaFailure(100, `(#100) ${message}`, extra);

export const missingParameter = (name: string) => badParameter(`The parameter ${name} is required`);

/** An object that is not there, or not for this token. */
export const unknownObject = (method: string, id: string) =>
  new MetaFailure(
    100,
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due ` +
      "to missing permissions, or does not support this operation. Please read the Graph API documentation at " +
      "https://developers.facebook.com/docs/graph-api",
    { subcode: 33, type: "GraphMethodException" },
  );

export const unknownPath = (rest: readonly string[]) =>
  new MetaFailure(2500, `Unknown path components: /${rest.join("/")}`);

export const missingPermission = (message = "Application does not have permission for this action") =>
  new MetaFailure(10, `(#10) ${message}`, { status: 403 });

export const personalAccount = () => new MetaFailure(10, "(#10) The user is not an Instagram Business");

/** A token that no longer counts; without a subcode it could not even be read. */
export const invalidToken = (message: string, subcode?: number) => new MetaFailure(190, message, { subcode });

/** What the graph hosts say when they answer only with a status, for injected faults. */
export function failureForStatus(status: number, retryAfterS: number | null): MetaFailure {
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  const [code, message] = KNOWN_STATUSES[status] ??
    (status >= 500
      ? [2, "Service temporarily unavailable"] as const
      : [100, "(#100) The sandbox refuses."] as const);
  return new MetaFailure(code, message, { status, headers, isTransient: status >= 500 || status === 429 });
}

const KNOWN_STATUSES: Record<number, readonly [code: number, message: string]> = {
  400: [100, "(#100) Invalid parameter"],
  401: [190, "Invalid OAuth access token - Cannot parse access token"],
  403: [200, "(#200) Permissions error"],
  404: [803, "(#803) Some of the aliases you requested do not exist"],
  429: [4, "(#4) Application request limit reached"],
  500: [1, "An unknown error occurred"],
};

/** The failure as an HTTP answer. Instagram's host has a type of its own for wrong input. */
export function renderMetaFailure(failure: MetaFailure, host: SignIn = "facebook"): Response {
  const usualType = host === "instagram" && failure.code === 100 ? "IGApiException" : "OAuthException";
  const { status = 400, subcode, type = usualType, isTransient, userTitle, userMessage, headers } =
    failure.extra;
  const error = {
    message: failure.message,
    type,
    code: failure.code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    ...(isTransient === undefined ? {} : { is_transient: isTransient }),
    ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
    ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
    fbtrace_id: `A${randomText(16)}`,
  };
  return Response.json({ error }, {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "cache-control": "no-store",
      "www-authenticate": `OAuth "Facebook Platform" "invalid_request" ${JSON.stringify(failure.message)}`
        .replace(/[^\x20-\x7e]/g, "?"),
      ...headers,
    },
  });
}
