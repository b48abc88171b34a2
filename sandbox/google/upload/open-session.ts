import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { type ApiCall, readJsonBody } from "../api/api-call.ts";
import { readNewMetadata } from "../video/read-metadata.ts";
import { sessionExpiry, sweepSessions } from "./session-life.ts";
import { notifiesSubscribers, readDeclaredLength, readVideoType } from "./upload-headers.ts";
import type { UploadSession } from "./upload-session.ts";

/** Opens a resumable session: 200 without a body, its address in Location. Errors in the metadata show here. */
export async function openSession(call: ApiCall, parts: string[]): Promise<Response> {
  const { kit, state, account, request, query, exchange } = call;
  await sweepSessions(kit, state);
  const body = await readJsonBody(call);
  const total = readDeclaredLength(request.headers.get("x-upload-content-length"));
  const mimeType = readVideoType(request.headers.get("x-upload-content-type"));
  const metadata = readNewMetadata(kit, body, parts);
  state.ledger.countUpload(account.channelId);
  const session: UploadSession = {
    id: `A${randomText(120)}`,
    account: account.name,
    metadata,
    parts,
    notifySubscribers: notifiesSubscribers(query),
    mimeType,
    total,
    nextOffset: 0,
    blob: kit.blobs.create(),
    createdAt: kit.now(),
    expiresAt: sessionExpiry(kit),
    processingMs: exchange.processingMs,
    result: null,
  };
  state.sessions.set(session.id, session);
  kit.touch();
  const headers = {
    location: addressOf(kit, session, query),
    "x-guploader-uploadid": session.id,
    "content-length": "0",
    "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  };
  return new Response(null, { status: 200, headers });
}

/** The address of a session on the upload host: the caller's query and the session's id, which is all the proof. */
function addressOf(kit: Kit, session: UploadSession, query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  for (const name of ["access_token", "upload_id"]) kept.delete(name);
  kept.set("upload_id", session.id);
  return `${kit.urls.YOUTUBE_UPLOAD_URL}/upload/youtube/v3/videos?${kept}`;
}
