import { ApiFailure, isPassing } from "../../../lib/api-failure.ts";

export interface SendFailure {
  title: string;
  message: string;
  /** May be sent again on purpose. */
  isDuplicate: boolean;
  /** The key has done its work: another request needs another one. */
  needsNewKey: boolean;
  /** When the platform takes a post again, where a day is full. */
  nextFreeAt?: Date;
}

const PLAIN = { isDuplicate: false, needsNewKey: false };

/** Why a post was not taken, and what pressing the button again does. */
export function describeSendFailure(error: Error): SendFailure {
  const { code } = error instanceof ApiFailure ? error : { code: null };
  if (code === "duplicate_post") {
    const title = "This is posted there already, or will be";
    const message =
      "The same video goes to the same account with the same text within a day of this. Change the text, or post " +
      "it again if it should be there twice.";
    return { title, message, isDuplicate: true, needsNewKey: false };
  }
  if (code === "idempotency_key_reused") {
    // An earlier answer was lost, and the text was changed after it: the first one counts.
    const message =
      "The first try arrived after all, with the text as it was then: Posts shows it. Press the button again only " +
      "if this one should go out as well.";
    return { title: "This was sent before", message, isDuplicate: false, needsNewKey: true };
  }
  if (code === "day_is_full") {
    const nextFreeAt = readNextFree((error as ApiFailure).details);
    return { ...PLAIN, title: "That day is full", message: error.message, nextFreeAt };
  }
  if (code === "post_is_going_out") {
    return { ...PLAIN, title: "Too late to change", message: error.message };
  }
  if (isPassing(error)) {
    const message = `${error.message} Press the button again: however often, it is posted once.`;
    return { ...PLAIN, title: "Nobody knows yet whether this arrived", message };
  }
  return { ...PLAIN, title: "Nothing was posted", message: error.message };
}

function readNextFree(details: unknown): Date | undefined {
  const said = details instanceof Object && "next_free_at" in details ? String(details.next_free_at) : "";
  return Number.isNaN(Date.parse(said)) ? undefined : new Date(said);
}
