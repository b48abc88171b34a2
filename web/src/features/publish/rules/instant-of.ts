import { toInstant } from "../../../lib/zoned-time.ts";
import type { PostDraft } from "./post-draft.ts";

/**
 * When a draft goes out, to an account where each has its own time: RFC 3339, or null for at once and for a time that
 * is not there or never comes.
 */
export function instantOf(draft: PostDraft, connectionId?: string): string | null {
  if (draft.when === "now") return null;
  const own = connectionId === undefined ? undefined : draft.ownTimes?.[connectionId];
  const local = own ?? draft.localTime;
  if (local === "") return null;
  const time = toInstant(local, draft.timeZone);
  return time.kind === "never" ? null : time.instant.toISOString();
}
