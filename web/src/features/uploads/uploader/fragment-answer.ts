import type { FragmentAnswer } from "./send-fragment.ts";

/** What an answer of the upload host means for the upload. */
export type FragmentVerdict =
  /** Go on at `nextOffset`; null when the answer does not say. */
  | { kind: "stored"; nextOffset: number | null; expiresAt: string | undefined }
  /** The last byte arrived and the file exists; its id, when the answer tells. */
  | { kind: "done"; itemId: string | null }
  | { kind: "throttled"; retryAfterMs: number | null }
  /** The host failed; the bytes may be stored all the same. */
  | { kind: "failed" }
  | { kind: "full" }
  | { kind: "too_large" }
  | { kind: "name_taken" }
  /** Somebody has the target open or checked out. */
  | { kind: "locked" }
  /** Overlap, gap, unknown session, dead URL: only asking tells what is stored. */
  | { kind: "refused" };

/**
 * Reads an answer to a fragment (rules: Microsoft Graph, "Upload large files with an upload session", and what
 * shipped clients do). Error codes are nested and spelled in two ways; messages are never looked at.
 */
export function readFragmentAnswer({ status, body, retryAfterMs }: FragmentAnswer): FragmentVerdict {
  const answer = parse(body);
  if (status === 200 || status === 201 || status === 202) {
    if (status !== 202 && !Array.isArray(answer.nextExpectedRanges)) {
      return { kind: "done", itemId: typeof answer.id === "string" ? answer.id : null };
    }
    return { kind: "stored", nextOffset: readNextOffset(answer), expiresAt: readExpiry(answer) };
  }
  const codes = readCodes(answer);
  if (status === 507 || codes.includes("quotaLimitReached")) return { kind: "full" };
  if (status === 413 || codes.includes("maxFragmentLengthExceeded")) return { kind: "too_large" };
  if (status === 429 || status === 503 || status === 509) return { kind: "throttled", retryAfterMs };
  if (status === 423) return { kind: "locked" };
  if (codes.includes("nameAlreadyExists")) return { kind: "name_taken" };
  if (status === 408 || status >= 500) return { kind: "failed" };
  return { kind: "refused" };
}

type Json = Record<string, unknown>;

function parse(body: string): Json {
  try {
    return toObject(JSON.parse(body));
  } catch {
    return {};
  }
}

function toObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? value as Json : {};
}

/** The number before the first "-" of the lowest range: ends are no plan for fragments. */
function readNextOffset({ nextExpectedRanges }: Json): number | null {
  if (!Array.isArray(nextExpectedRanges)) return null;
  const starts = nextExpectedRanges
    .map((range) => /^(\d+)-/.exec(String(range))?.[1])
    .filter((start) => start !== undefined)
    .map(Number);
  return starts.length > 0 ? Math.min(...starts) : null;
}

function readExpiry({ expirationDateTime }: Json): string | undefined {
  const time = typeof expirationDateTime === "string" ? Date.parse(expirationDateTime) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Every code of `{error:{code, innerError:{code, …}}}`; some hosts write `innererror`. */
function readCodes(answer: Json): string[] {
  const codes: string[] = [];
  let level = toObject(answer.error);
  while (Object.keys(level).length > 0 && codes.length < 10) {
    codes.push(String(level.code ?? ""));
    level = toObject(level.innerError ?? level.innererror);
  }
  return codes;
}
