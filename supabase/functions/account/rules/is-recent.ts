import { RECENT_SIGN_IN_MINUTES } from "../../_shared/contracts/account.ts";

/** True when a session opened at `createdAt` (RFC 3339) still counts as a recent sign-in. */
export function isRecent(createdAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(createdAt) <=
    RECENT_SIGN_IN_MINUTES * 60_000;
}
