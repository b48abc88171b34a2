import type { Kit, OpenUpload } from "../../kit/provider.ts";
import type { MicrosoftState } from "../state.ts";
import { isSessionOpen } from "./session-life.ts";

/** Every session that still takes bytes, for the control API. */
export function listOpenUploads(kit: Kit, state: MicrosoftState): OpenUpload[] {
  return [...state.sessions.values()].filter((session) => isSessionOpen(kit, session)).map((session) => ({
    account: session.account,
    name: session.name,
    size: session.total,
    received: session.nextOffset,
    expires_at: new Date(session.expiresAt).toISOString(),
  }));
}
