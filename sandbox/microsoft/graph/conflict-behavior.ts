import type { ConflictBehavior } from "../drive/drive-item.ts";
import { invalidRequest } from "../graph-failure.ts";

const NAME = "@microsoft.graph.conflictBehavior";

/** Reads the conflict behaviour of a body or query; `fallback` when it is absent. Throws a 400 for other values. */
export function readConflictBehavior(
  source: Record<string, unknown> | URLSearchParams,
  fallback: ConflictBehavior,
): ConflictBehavior {
  const value = source instanceof URLSearchParams
    ? source.get(NAME) ?? source.get("@name.conflictBehavior")
    : source[NAME] ?? source["@name.conflictBehavior"];
  if (value === null || value === undefined) return fallback;
  if (value === "fail" || value === "rename" || value === "replace") return value;
  throw invalidRequest("The conflictBehavior is not valid.");
}
