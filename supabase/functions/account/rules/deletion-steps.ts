import type { DeletionStep } from "../../_shared/db/account-deletions.ts";

/**
 * What a deletion does, in this order: first what needs the account's secrets, then the secrets, then what the
 * database cannot remove, then the user, whose rows go along. `leftovers` looks for what came in meanwhile.
 */
export const DELETION_STEPS: readonly DeletionStep[] = [
  "uploads",
  "tokens",
  "objects",
  "user",
  "leftovers",
];

/** The steps still to do, `next` first. */
export function stepsFrom(next: DeletionStep): readonly DeletionStep[] {
  return DELETION_STEPS.slice(DELETION_STEPS.indexOf(next));
}
