/**
 * What a refusal of the token endpoint means for the account:
 * - `ended`: the permission is over, the user signs in again
 * - `config`: our registration at Microsoft is refused; an operator repairs it, users stay connected
 * - `passing`: nothing was decided, the same call may succeed later
 * - `refused`: anything else; the account stays as it is
 */
export type TokenFailureKind = "ended" | "config" | "passing" | "refused";

export interface TokenFailure {
  kind: TokenFailureKind;
  /** Why a sign-in that just happened was not accepted, for the person in front of it. */
  sentence: string;
}

const PASSING_ERRORS = ["temporarily_unavailable", "server_error"];
const CONFIG_ERRORS = ["invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type"];
const ENDED_ERRORS = ["invalid_grant", "interaction_required", "consent_required", "login_required"];

/** Numbers of outages, and of being asked to slow down (loop detection), whatever `error` they come with. */
const PASSING_NUMBERS = [90033, 50033, 90006, 90012, 90024, 50196];
/** A refresh token of an app registered as `spa` ends after a day: the registration is of the wrong type. */
const CONFIG_NUMBERS = [7000215, 7000222, 7000218, 700025, 70002, 700016, 70001, 70011, 28002, 28003];

const SENTENCES: [numbers: number[], sentence: string][] = [
  [
    [65001, 65004],
    "Microsoft says that access was not granted. Connect again and allow it on Microsoft's page.",
  ],
  [
    [90094, 90095],
    "Your organization wants an administrator to approve Cliprelay first. Ask them, then connect again.",
  ],
  [
    [50076, 50079, 50074, 50078, 16000],
    "Microsoft wants another sign-in step, such as a code on your phone. Connect again and complete it.",
  ],
  [
    [53000, 53001, 53002, 53003, 530032],
    "Your organization does not allow this sign-in from here. Ask your administrator, or connect another account.",
  ],
  [
    [50057, 50034],
    "Microsoft says that this account is disabled or does not exist. Connect another account.",
  ],
  [[50020, 500208], "This kind of Microsoft account cannot be used here. Connect another account."],
];

/**
 * Reads a 4xx or 5xx of the token endpoint. `error` decides, as Microsoft asks; the AADSTS numbers only refine it,
 * and only towards keeping the account.
 */
export function readTokenFailure(status: number, error: string, numbers: readonly number[]): TokenFailure {
  return { kind: kindOf(status, error, numbers), sentence: sentenceOf(numbers) };
}

function kindOf(status: number, error: string, numbers: readonly number[]): TokenFailureKind {
  if (status >= 500 || status === 429 || status === 0) return "passing";
  if (PASSING_ERRORS.includes(error) || numbers.some((number) => PASSING_NUMBERS.includes(number))) {
    return "passing";
  }
  if (CONFIG_ERRORS.includes(error) || numbers.some((number) => CONFIG_NUMBERS.includes(number))) {
    return "config";
  }
  return ENDED_ERRORS.includes(error) ? "ended" : "refused";
}

function sentenceOf(numbers: readonly number[]): string {
  const found = SENTENCES.find(([known]) => numbers.some((number) => known.includes(number)));
  return found?.[1] ?? "Microsoft did not accept this sign-in. Connect OneDrive again.";
}
