import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { fingerprintFile } from "./fingerprint.ts";
import { UploadApiError } from "./upload-api.ts";
import { noteStored, untilAborted, type Upload, type UploadContext } from "./upload.ts";
import { problem, toProblem } from "./upload-problem.ts";

/**
 * Finds out where to go on: opens a session, asks the server about the one there is, or replaces one that is useless.
 * The result is `active`, `verifying` or `complete`; anything else is thrown as UploadProblem.
 */
export async function locateSession(
  upload: Upload,
  context: UploadContext,
  signal: AbortSignal,
): Promise<UploadSession> {
  if (upload.fingerprint === null) {
    context.update(upload, { status: "fingerprinting", error: null });
    upload.fingerprint = await untilAborted(fingerprintFile(upload.file!), signal);
  }
  if (upload.state.status !== "in_use_elsewhere") context.update(upload, { status: "preparing" });
  upload.session ??= context.adoptWaiting(upload);
  upload.session ??= await findLostSession(upload, context, signal);
  const session = await untilAborted(askServer(upload, context), signal);
  if (session.status === "expired") throw problem("restart", "upload_expired");
  if (session.status === "failed") throw problem("fatal", "hash_mismatch");
  if (session.status === "canceled") throw problem("canceled", "upload_canceled");
  context.update(upload, { status: "preparing", error: null, sentBytes: session.next_offset });
  return session;
}

/** The session is kept even when the run was ended meanwhile: a canceled upload has to cancel it, a paused one resumes. */
async function askServer(upload: Upload, context: UploadContext): Promise<UploadSession> {
  if (!upload.session) return await create(upload, context);
  if (upload.wantsRestart) return await restart(upload, context);
  const takeOver = upload.wantsTakeOver;
  upload.wantsTakeOver = false;
  try {
    return keep(upload, context, await context.api.get(upload.session.upload_session_id, { takeOver }));
  } catch (error) {
    if (toProblem(error).kind !== "in_use") upload.wantsTakeOver ||= takeOver;
    throw error;
  }
}

async function create(upload: Upload, context: UploadContext): Promise<UploadSession> {
  const { fileName, size, mimeType, productId } = upload.state;
  try {
    const session = await context.api.create({
      filename: fileName,
      size,
      mime_type: mimeType,
      fingerprint: upload.fingerprint!,
      ...(productId && { product_id: productId }),
    });
    upload.mayHaveSession = false;
    if (upload.state.status === "canceled") await context.api.cancel(session.upload_session_id);
    return keep(upload, context, session);
  } catch (error) {
    if (error instanceof UploadApiError && (error.status === 0 || error.status >= 500)) {
      upload.mayHaveSession = true;
    }
    throw error;
  }
}

async function restart(upload: Upload, context: UploadContext): Promise<UploadSession> {
  const session = await context.api.restart(upload.session!.upload_session_id);
  upload.wantsRestart = false;
  upload.restarts++;
  return keep(upload, context, session);
}

function keep(upload: Upload, context: UploadContext, session: UploadSession): UploadSession {
  upload.session = session;
  noteStored(upload, session.next_offset);
  upload.fragmentSize ||= session.fragment_size;
  context.update(upload, { sessionId: session.upload_session_id, productId: session.product_id });
  return session;
}

/** After a creation without an answer: the untouched session it may have opened for this very file. */
async function findLostSession(
  upload: Upload,
  context: UploadContext,
  signal: AbortSignal,
): Promise<UploadSession | null> {
  if (!upload.mayHaveSession) return null;
  const sessions = await untilAborted(context.api.list(), signal);
  for (const session of sessions) {
    const isSame = session.fingerprint === upload.fingerprint && session.size === upload.state.size &&
      session.product_id === upload.state.productId && session.status === "active" &&
      session.next_offset === 0 && !context.isTaken(session.upload_session_id, upload);
    if (isSame && await isOurs(session, context, signal)) return session;
  }
  upload.mayHaveSession = false;
  return null;
}

/** The lease tells: one that another tab opened for the same file is in use there. */
async function isOurs(session: UploadSession, context: UploadContext, signal: AbortSignal): Promise<boolean> {
  try {
    await untilAborted(context.api.get(session.upload_session_id), signal);
    return true;
  } catch (error) {
    if (error instanceof UploadApiError && error.code === "upload_in_use") return false;
    throw error;
  }
}
