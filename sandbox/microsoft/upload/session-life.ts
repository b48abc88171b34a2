import type { Kit } from "../../kit/provider.ts";
import type { AccountKind } from "../account.ts";
import { GraphFailure, itemNotFound } from "../graph-failure.ts";
import type { MicrosoftState } from "../state.ts";
import type { UploadSession } from "./upload-session.ts";

const HARD_STOP_S = 24 * 3600;
const LIFETIME_S: Record<AccountKind, number> = { business: 15 * 60, personal: 7 * 24 * 3600 };
const KEPT_AFTER_DEATH_MS = 3600 * 1000;

/** How far a fragment moves the expiry, milliseconds. */
export function sessionLifetimeMs(kit: Kit, kind: AccountKind): number {
  return kit.settings.get("microsoft", "upload_session_ttl_s", LIFETIME_S[kind]) * 1000;
}

export function isSessionOpen(kit: Kit, session: UploadSession): boolean {
  return kit.now() < session.expiresAt && kit.now() < hardStopOf(kit, session);
}

/**
 * Refuses a session that cannot be used: 404 when it has expired or is not visible yet, 401 or 403 when the
 * address itself has died, which happens after 24 hours whatever the expiry says.
 */
export function checkSessionLife(kit: Kit, session: UploadSession): void {
  const age = kit.now() - session.createdAt;
  if (age < kit.settings.get("microsoft", "session_visible_after_ms", 0)) throw itemNotFound();
  if (kit.now() >= hardStopOf(kit, session)) throw deadAddress(kit);
  if (kit.now() >= session.expiresAt) throw itemNotFound();
}

/** Forgets sessions that are long dead, with their bytes. */
export async function sweepSessions(kit: Kit, state: MicrosoftState): Promise<void> {
  for (const session of [...state.sessions.values()]) {
    const deadSince = Math.min(session.expiresAt, hardStopOf(kit, session));
    if (kit.now() < deadSince + KEPT_AFTER_DEATH_MS) continue;
    state.sessions.delete(session.id);
    await kit.blobs.remove(session.blob);
  }
}

function hardStopOf(kit: Kit, session: UploadSession): number {
  return session.createdAt + kit.settings.get("microsoft", "upload_url_hard_stop_s", HARD_STOP_S) * 1000;
}

function deadAddress(kit: Kit): GraphFailure {
  if (kit.settings.get("microsoft", "expired_url_status", 401) === 403) {
    return new GraphFailure(403, "accessDenied", "Access denied.");
  }
  return new GraphFailure(401, "unauthenticated", "The upload URL has expired.", { inner: "expiredToken" });
}
