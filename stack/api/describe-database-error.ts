interface DatabaseError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** pg-safeupdate's refusal, the only cardinality violation that is the caller's fault. */
const NEEDS_WHERE = /requires a WHERE clause$/;

/** A token's role the database does not have. */
const UNKNOWN_ROLE = /^role .* does not exist$/;

/** What the driver says when the server is not there or leaves, and what a server says that comes or goes. */
const CONNECTION_LOST =
  /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|57P0[123])$/;

/** Codes @supabase/lite answers as PostgREST does; every other one it would turn into 500 `SUP`. */
const ANSWERED_BY_LITE = /^(PGRST|PT...|42501|42P01|42P17|42883|25006|23502|22(?!023)...|(42|55)...)$/;

/**
 * HTTP statuses of PostgREST by SQLSTATE prefix, longest first.
 * Source: PostgREST documentation, "Errors / PostgreSQL Errors".
 */
const STATUS_BY_PREFIX: readonly (readonly [string, number])[] = [
  ["P0001", 400],
  ["21000", 500],
  ["23503", 409],
  ["23505", 409],
  ["53400", 500],
  ["08", 503],
  ["09", 500],
  ["0L", 403],
  ["0P", 403],
  ["25", 500],
  ["28", 403],
  ["2D", 500],
  ["38", 500],
  ["39", 500],
  ["3B", 500],
  ["40", 500],
  ["53", 503],
  ["54", 500],
  ["57", 500],
  ["58", 500],
  ["F0", 500],
  ["HV", 500],
  ["P0", 500],
  ["XX", 500],
];

/**
 * Rewrites a database error that @supabase/lite does not know into the form of `raise sqlstate 'PGRST'`, which
 * it answers with exactly the status and body given, so that callers see what PostgREST would tell them.
 */
export function describeDatabaseError(error: unknown): unknown {
  if (isConnectionLost(error)) {
    return toAnswer(503, {
      code: "PGRST001",
      message: "Database connection error. Retrying the connection.",
      details: error.message,
      hint: null,
    });
  }
  if (!isDatabaseError(error) || ANSWERED_BY_LITE.test(error.code)) return error;
  const byPrefix = STATUS_BY_PREFIX.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? 400;
  const status = NEEDS_WHERE.test(error.message) ? 400 : isUnknownRole(error) ? 401 : byPrefix;
  return toAnswer(status, {
    code: error.code,
    message: error.message,
    details: error.detail ?? null,
    hint: error.hint ?? null,
  });
}

/** What `raise sqlstate 'PGRST'` carries. */
function toAnswer(status: number, body: Readonly<Record<string, string | null>>) {
  return { code: "PGRST", message: JSON.stringify(body), detail: JSON.stringify({ status, headers: {} }) };
}

function isConnectionLost(error: unknown): error is DatabaseError {
  return CONNECTION_LOST.test((error as Partial<DatabaseError> | null)?.code ?? "");
}

function isUnknownRole({ code, message }: DatabaseError): boolean {
  return code === "22023" && UNKNOWN_ROLE.test(message);
}

function isDatabaseError(error: unknown): error is DatabaseError {
  const { code, message } = (error ?? {}) as Partial<DatabaseError>;
  return typeof code === "string" && code.length === 5 && typeof message === "string";
}
