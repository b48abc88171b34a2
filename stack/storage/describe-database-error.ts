import postgres from "postgres";
import { refusals, StorageError } from "./storage-error.ts";

const UNREACHABLE = [
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
];

/** Turns a failure of the database into the refusal hosted Storage answers with; leaves other errors alone. */
export function describeDatabaseError(error: unknown): unknown {
  if (!(error instanceof postgres.PostgresError)) {
    const code = (error as { code?: string } | null)?.code ?? "";
    return UNREACHABLE.includes(code) ? databaseTimeout(error) : error;
  }
  switch (error.code) {
    case "42501": // insufficient_privilege
      return refusals.accessDenied("new row violates row-level security policy", error);
    case "22023": // invalid_parameter_value: the role of the token does not exist
      return refusals.accessDenied(error.message, error);
    case "23505": // unique_violation
      return refusals.alreadyExists("ResourceAlreadyExists");
    case "23503": // foreign_key_violation
      return new StorageError({
        statusCode: 404,
        code: "InvalidRequest",
        message: "The related resource does not exist",
        cause: error,
      });
    case "55P03": // lock_not_available
      return new StorageError({
        statusCode: 423,
        code: "ResourceLocked",
        message: "The resource is locked",
        cause: error,
      });
    case "57014": // query_canceled: statement_timeout
      return databaseTimeout(error);
    case "53300": // too_many_connections
      return new StorageError({
        statusCode: 429,
        code: "SlowDown",
        error: "too_many_connections",
        message: "Too many connections issued to the database",
        httpStatus: 429,
        cause: error,
      });
    default:
      return new StorageError({
        statusCode: 500,
        code: "DatabaseError",
        message: error.message,
        cause: error,
      });
  }
}

function databaseTimeout(cause: unknown): StorageError {
  return new StorageError({
    statusCode: 544,
    code: "DatabaseTimeout",
    message: "The connection to the database timed out",
    httpStatus: 544,
    cause,
  });
}
