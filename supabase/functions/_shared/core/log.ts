const SECRET_NAME = /token|secret|authorization|password|verifier|cookie|apikey|api_key|^code$|^state$/i;
const URL_WITH_QUERY = /\b(https?:\/\/[^\s"'?#]+)[?#][^\s"']*/g;
/** What fetch says when a connection fails; the path of an upload address is a credential. */
const FETCHED_URL = /\bfor url \((https?:\/\/[^\s/?#)]+)\S*\)/g;
const JWT_LIKE = /\b[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}\b/g;
const BEARER = /\bBearer\s+\S+/gi;
const LONG_OPAQUE = /[A-Za-z0-9+/_=-]{80,}/g;
const MAX_TEXT = 2000;

export type LogFields = Record<string, unknown>;

/** Writes one finished line. */
export type LogSink = (line: string) => void;

export const consoleSink: LogSink = (line) => console.log(line);

/** Writes one JSON line; values that could be secrets are replaced first. */
export function writeLogLine(sink: LogSink, fields: LogFields): void {
  sink(JSON.stringify(redact(fields)));
}

/** Replaces tokens, signed URLs and values of secret-sounding fields, at any depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (value instanceof Error) return redactText(describeError(value));
  if (value === null || typeof value !== "object") return value;
  if (depth > 5) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAME.test(name) && item !== null ? "[redacted]" : redact(item, depth + 1),
    ]),
  );
}

function redactText(text: string): string {
  return text
    .replace(FETCHED_URL, "for url ($1/[redacted])")
    .replace(URL_WITH_QUERY, "$1?[redacted]")
    .replace(BEARER, "Bearer [redacted]")
    .replace(JWT_LIKE, "[redacted]")
    .replace(LONG_OPAQUE, "[redacted]")
    .slice(0, MAX_TEXT);
}

function describeError(error: Error): string {
  const cause = error.cause instanceof Error ? ` <- ${describeError(error.cause)}` : "";
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
}
