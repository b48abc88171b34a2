import { z } from "zod";
import { AppError } from "../core/app-error.ts";
import { type ErrorCode, isErrorCode } from "../core/error-codes.ts";

/** The parts of a Data API error we decide on. */
const errorSchema = z.object({
  code: z.string().optional(),
  message: z.string(),
  details: z.string().nullish(),
  hint: z.string().nullish(),
});

type DatabaseError = z.infer<typeof errorSchema>;

interface DatabaseAnswer<Data> {
  data: Data;
  error: DatabaseError | null;
  /** Of the HTTP answer. */
  status?: number;
}

/** What a gateway answers while the database or the Data API behind it is not there. */
const AWAY_STATUSES = [502, 503, 504];

const FALLBACK_CODES: Record<number, ErrorCode> = {
  400: "invalid_request",
  401: "invalid_credentials",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "rule_broken",
  429: "rate_limited",
};

/** Returns the data of a Data API call or throws the AppError it means. */
export function unwrap<Data>({ data, error, status }: DatabaseAnswer<Data>): NonNullable<Data> {
  if (error) throw translateDatabaseError(error, status);
  return data as NonNullable<Data>;
}

/**
 * Our SQL raises `PT` + status with a stable code in `details`, a sentence in `message` and facts in `hint`; the rest are states of
 * Postgres itself and of PostgREST.
 */
export function translateDatabaseError(error: DatabaseError, status?: number): AppError {
  const raised = /^PT(\d{3})$/.exec(error.code ?? "");
  if (raised) {
    const fallback = FALLBACK_CODES[Number(raised[1])] ?? "internal_error";
    return new AppError(isErrorCode(error.details) ? error.details : fallback, {
      message: error.message,
      details: readFacts(error.hint),
      cause: toCause(error),
    });
  }
  const isAway = status !== undefined && AWAY_STATUSES.includes(status);
  return new AppError(isAway ? "temporarily_unavailable" : codeOfState(error), { cause: toCause(error) });
}

/** The error in the body of an answer of the Data API; what a gateway says in words of its own is a message alone. */
export function readDatabaseError(body: Uint8Array): DatabaseError {
  const text = new TextDecoder().decode(body);
  try {
    return errorSchema.parse(JSON.parse(text));
  } catch {
    return { message: text };
  }
}

/** Facts for the client come as JSON in the hint; any other hint is for whoever reads the log. */
function readFacts(hint: string | null | undefined): unknown {
  return hint && /^[[{]/.test(hint) ? JSON.parse(hint) : undefined;
}

function codeOfState({ code = "" }: DatabaseError): ErrorCode {
  if (code === "42501") return "forbidden";
  if (code === "23503") return "not_found";
  if (code === "23505" || code === "23P01") return "conflict";
  if (code === "23514" || code === "23502") return "rule_broken";
  if (code.startsWith("22")) return "invalid_request";
  if (code === "PGRST116") return "not_found";
  if (code === "PGRST301" || code === "PGRST303") return "invalid_credentials";
  if (code === "57014" || code.startsWith("53") || code.startsWith("08") || code.startsWith("40")) {
    return "temporarily_unavailable";
  }
  // supabase-js reports a network failure as an error without a code.
  if (code === "" || code.startsWith("PGRST00")) return "temporarily_unavailable";
  return "internal_error";
}

function toCause({ code, message, details }: DatabaseError): Error {
  return new Error(`database ${code ?? ""}: ${message} ${details ?? ""}`.trim());
}
