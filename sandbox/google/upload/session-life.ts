import type { Kit, OpenUpload } from "../../kit/provider.ts";
import type { GoogleState } from "../state.ts";
import type { UploadSession } from "./upload-session.ts";

const LIFETIME_S = 24 * 3600;
const KEPT_AFTER_DEATH_MS = 3600 * 1000;

/** When a session that is opened now dies, ms since 1970. */
export function sessionExpiry(kit: Kit): number {
  return kit.now() + kit.settings.get("google", "upload_session_ttl_s", LIFETIME_S) * 1000;
}

/** The session of an upload id; null when it is unknown or has expired. */
export function findSession(kit: Kit, state: GoogleState, id: string): UploadSession | null {
  const session = state.sessions.get(id);
  return session !== undefined && kit.now() < session.expiresAt ? session : null;
}

/** Forgets sessions that are long dead, with their bytes unless these became a video. */
export async function sweepSessions(kit: Kit, state: GoogleState): Promise<void> {
  for (const session of [...state.sessions.values()]) {
    if (kit.now() < session.expiresAt + KEPT_AFTER_DEATH_MS) continue;
    state.sessions.delete(session.id);
    if (session.result === null) await kit.blobs.remove(session.blob);
  }
}

/** Every session that still takes bytes, for the control API. */
export function listOpenUploads(kit: Kit, state: GoogleState): OpenUpload[] {
  const open = [...state.sessions.values()].filter((session) =>
    session.result === null && kit.now() < session.expiresAt
  );
  return open.map((session) => ({
    account: session.account,
    name: session.metadata.snippet.title,
    size: session.total,
    received: session.nextOffset,
    expires_at: new Date(session.expiresAt).toISOString(),
  }));
}
