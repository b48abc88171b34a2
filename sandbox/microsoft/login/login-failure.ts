/** A refusal of the identity platform: an OAuth error name with the AADSTS number that explains it. */
export class LoginFailure extends Error {
  override name = "LoginFailure";

  constructor(
    readonly error: string,
    readonly number: number,
    message: string,
    readonly status = 400,
    readonly suberror: string | null = null,
  ) {
    super(message);
  }
}

/** Token errors that a setting can switch on, by AADSTS number: error, status, suberror. */
const TOKEN_ERRORS: Record<number, [error: string, status?: number, suberror?: string]> = {
  700082: ["invalid_grant"],
  70008: ["invalid_grant"],
  50173: ["invalid_grant"],
  70000: ["invalid_grant"],
  70043: ["invalid_grant", 400, "bad_token"],
  700084: ["invalid_grant"],
  65001: ["invalid_grant", 400, "consent_required"],
  50076: ["interaction_required", 400, "basic_action"],
  50079: ["interaction_required", 400, "basic_action"],
  50074: ["interaction_required", 400, "basic_action"],
  50078: ["interaction_required", 400, "basic_action"],
  53000: ["interaction_required", 400, "message_only"],
  53001: ["interaction_required", 400, "message_only"],
  53002: ["interaction_required", 400, "message_only"],
  53003: ["interaction_required", 400, "message_only"],
  530032: ["interaction_required", 400, "message_only"],
  50057: ["invalid_grant"],
  50034: ["invalid_grant"],
  50020: ["invalid_grant"],
  16000: ["interaction_required"],
  500208: ["invalid_grant"],
  501481: ["invalid_grant"],
  50147: ["invalid_request"],
  54005: ["invalid_grant"],
  70011: ["invalid_scope"],
  28002: ["invalid_scope"],
  28003: ["invalid_scope"],
  7000215: ["invalid_client", 401],
  7000222: ["invalid_client", 401],
  7000218: ["invalid_client", 401],
  700025: ["invalid_client", 401],
  70002: ["invalid_client", 401],
  700016: ["unauthorized_client"],
  70001: ["unauthorized_client"],
  90033: ["temporarily_unavailable", 503],
  50033: ["temporarily_unavailable", 503],
  90006: ["temporarily_unavailable", 503],
  90012: ["temporarily_unavailable", 503],
  90024: ["temporarily_unavailable", 503],
  50196: ["invalid_grant"],
};

/** The refusal a switched-on AADSTS number stands for; unknown numbers are `invalid_grant`. */
export function failureForNumber(number: number): LoginFailure {
  const [error, status, suberror] = TOKEN_ERRORS[number] ?? ["invalid_grant"];
  return new LoginFailure(error, number, "The sandbox was told to refuse.", status, suberror ?? null);
}

/** What the token endpoint answers for an injected status. */
export function failureForStatus(status: number): LoginFailure {
  if (status === 401) return new LoginFailure("invalid_client", 7000215, "Invalid client secret.", 401);
  if (status >= 500 || status === 429) {
    return new LoginFailure("temporarily_unavailable", 90033, "A transient error has occurred.", status);
  }
  return new LoginFailure("invalid_request", 900144, "The request is malformed.", status);
}

/** The flat JSON body of the token endpoint. */
export function describeFailure(failure: LoginFailure, now: number) {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const [traceId, correlationId] = [crypto.randomUUID(), crypto.randomUUID()];
  const trace = `Trace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`;
  return {
    error: failure.error,
    error_description: `AADSTS${failure.number}: ${failure.message}\r\n${trace}`,
    error_codes: [failure.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${failure.number}`,
    ...(failure.suberror === null ? {} : { suberror: failure.suberror }),
  };
}
