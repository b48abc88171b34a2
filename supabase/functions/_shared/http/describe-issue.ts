import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** One wrong field of a request, as `details` of `invalid_request` lists it. */
export interface FieldProblem {
  /** Names joined with dots; empty for the whole body. */
  readonly path: string;
  readonly message: string;
}

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object",
  null: "null",
};

const FORMATS: Record<string, string> = {
  uuid: "a UUID",
  url: "an address that starts with https://",
  datetime: "a date and time such as 2026-01-31T18:00:00Z",
  email: "an e-mail address",
};

/** Says what is wrong with a field in a sentence that names it. A schema's own sentence is kept. */
export function describeIssue(issue: Issue): FieldProblem {
  const path = issue.path.join(".");
  const isSentence = issue.message.endsWith(".");
  return { path, message: isSentence ? issue.message : `${path || "The body"} ${explain(issue)}.` };
}

function explain(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.message.endsWith("received undefined")) return "is missing";
      return `has to be ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `has to be ${String(issue.values[0])}`
        : `has to be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return `has to be ${FORMATS[issue.format] ?? "written in another form"}`;
    case "too_small":
      return `has to ${limit(issue.origin, "at least", Number(issue.minimum), issue.inclusive ?? true)}`;
    case "too_big":
      return `has to ${limit(issue.origin, "at most", Number(issue.maximum), issue.inclusive ?? true)}`;
    case "unrecognized_keys":
      return `must not have ${issue.keys.map((key) => key.slice(0, 60)).join(", ")}`;
    default:
      return "is not right";
  }
}

function limit(origin: string, bound: "at least" | "at most", value: number, isInclusive: boolean): string {
  if (origin === "string") return `have ${bound} ${value} ${value === 1 ? "character" : "characters"}`;
  if (origin === "array") return `have ${bound} ${value} ${value === 1 ? "entry" : "entries"}`;
  if (isInclusive) return `be ${bound} ${value}`;
  return `be ${bound === "at least" ? "more than" : "less than"} ${value}`;
}
