import { ApiFailure } from "./api-failure.ts";

interface DataError {
  code?: string;
  message: string;
  details?: string | null;
}

interface DataAnswer<T> {
  data: T;
  error: DataError | null;
  status: number;
}

const SENTENCES: Record<string, { code: string; message: string }> = {
  "23505": { code: "already_exists", message: "This already exists." },
  "23503": { code: "reference_missing", message: "Something this refers to no longer exists." },
  "23514": { code: "value_not_allowed", message: "One of the values is not allowed." },
  "42501": { code: "not_allowed", message: "You are not allowed to do this." },
  PGRST116: { code: "not_found", message: "This is not here anymore." },
  PGRST301: { code: "session_expired", message: "Your session has ended. Sign in again." },
};

/**
 * Unwraps an answer of the Data API or Storage. Rules of ours raise PT4xx with a stable code in `details` and a
 * sentence in `message`; anything else is put into words here.
 */
export function unwrap<T>(answer: DataAnswer<T>): NonNullable<T> {
  if (answer.error) throw toFailure(answer.error, answer.status);
  return answer.data as NonNullable<T>;
}

/** Throws when a write that returns no row has failed. */
export function assertWritten(answer: DataAnswer<unknown>): void {
  if (answer.error) throw toFailure(answer.error, answer.status);
}

function toFailure(error: DataError, status: number): ApiFailure {
  const isOurs = /^[a-z][a-z_]+$/.test(error.details ?? "");
  if (isOurs) return new ApiFailure(error.details as string, error.message, status);
  const known = SENTENCES[error.code ?? ""];
  if (known) return new ApiFailure(known.code, known.message, status);
  if (status === 0) {
    return new ApiFailure("network_error", "Cliprelay cannot be reached. Check your connection.", 0);
  }
  return new ApiFailure(error.code ?? "data_error", "This did not work. Try again in a moment.", status);
}
