import assert from "node:assert/strict";
import type { Case } from "./case.ts";

/** What no answer shows: code, files, addresses behind the gateway, statements. */
const INNARDS =
  /\bat \S+ \(|\.ts:\d|node_modules|file:\/\/|postgres(ql)?:\/\/|ECONNREFUSED|\bselect .+ from\b|stack trace|constraint "/i;

export interface FuzzAnswer {
  readonly status: number;
  readonly text: string;
}

export type CheckBody = (text: string) => void;

/**
 * Fails unless the answer is the right refusal (or, where that is as right, an acceptance).
 * @param checkBody checks the error body of the service that was asked
 * @returns whether it was refused
 */
export function checkAnswer(
  asked: Case,
  { status, text }: FuzzAnswer,
  checkBody: CheckBody,
  secrets: readonly string[],
): boolean {
  assert.ok(status < 500, "a failure of ours");
  assert.doesNotMatch(text, INNARDS);
  for (const secret of secrets) assert.ok(!text.includes(secret), "somebody else's data");
  if (status < 400) {
    assert.ok(asked.mayBeTaken, "taken");
    return false;
  }
  if (asked.statuses) assert.ok(asked.statuses.includes(status), `not ${asked.statuses.join(" or ")}`);
  assert.notEqual(status, 429, "a limit hides what this request would have met");
  if (!asked.isPlain) checkBody(text);
  if (asked.field && status === 400) {
    const { code, details } = JSON.parse(text);
    const paths: string[] = (details ?? []).map(({ path }: { path: string }) => path);
    assert.equal(code, "invalid_request");
    assert.ok(paths.some((path) => isAround(path, asked.field!)), `the answer names ${paths.join(", ")}`);
  }
  return true;
}

/** The error body of our functions. */
export function checkFunctionBody(text: string): void {
  const body = JSON.parse(text);
  assert.match(body.code, /^[a-z_]+$/);
  assert.match(body.message, /^.{6,}[.!?)]$/);
  assert.ok(body.requestId);
}

/** The error bodies of Supabase's own services: a code of some kind and a sentence. */
export function checkPlatformBody(text: string): void {
  if (text === "") return;
  const body = JSON.parse(text);
  assert.ok(body.code ?? body.error_code ?? body.statusCode ?? body.error, "no code");
  assert.equal(typeof (body.message ?? body.msg ?? body.error_description), "string", "no sentence");
}

function isAround(path: string, field: string): boolean {
  return path === "" || path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
}
