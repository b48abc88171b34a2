import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { fingerprintFile } from "./fingerprint.ts";
import { tellCanceled } from "./tell-canceled.ts";
import { UploadApiError } from "./upload-api.ts";
import { noteStored, untilAborted, type Upload, type UploadContext } from "./upload.ts";
import { problem, remark, toProblem } from "./upload-problem.ts";

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
    const file = upload.file!;
    if (!await untilAborted(context.looksLikeVideo(file), signal)) throw problem("fatal", "not_a_video");
    upload.fingerprint = await untilAborted(fingerprintFile(file), signal);
  }
  if (upload.state.status !== "in_use_elsewhere") context.update(upload, { status: "preparing" });
  upload.session ??= context.adoptWaiting(upload);
  upload.session ??= await findLostSession(upload, context, signal);
  const session = await untilAborted(askServer(upload, context), signal);
  if (session.status === "expired") {
    throw problem("restart", session.error_code === "name_taken" ? "name_taken" : "upload_expired");
  }
  if (session.status === "failed") throw problem("fatal", "hash_mismatch");
  if (session.status === "canceled") throw problem("canceled", "upload_canceled");
  context.update(upload, { status: "preparing", error: null, sentBytes: session.next_offset });
  return session;
}

/** What comes back is kept even when the run was ended meanwhile: a paused upload goes on with it. */
async function askServer(upload: Upload, context: UploadContext): Promise<UploadSession> {
  if (!upload.session) return await (upload.opening ??= create(upload, context));
  if (upload.wantsRestart) return await restart(upload, context);
  const takeOver = upload.wantsTakeOver;
  upload.wantsTakeOver = false;
  try {
    const { upload_session_id: id, filename } = upload.session;
    const session = keep(upload, context, await context.api.get(id, { takeOver }));
    const isRenamed = session.filename !== filename && session.status === "verifying";
    if (isRenamed) context.update(upload, { notice: remark("renamed") });
    return session;
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
      ...(upload.allowsDuplicate && { allow_duplicate: true }),
    });
    keep(upload, context, session);
    if (upload.state.status === "canceled") await tellCanceled(upload, context);
    return session;
  } catch (error) {
    const isUnclear = error instanceof UploadApiError && (error.status === 0 || error.status >= 500);
    if (isUnclear) upload.mayHaveSession = true;
    throw error;
  } finally {
    upload.opening = null;
  }
}

async function restart(upload: Upload, context: UploadContext): Promise<UploadSession> {
  upload.wantsRestart = false;
  try {
    const session = await context.api.restart(upload.session!.upload_session_id);
    upload.restarts++;
    upload.itemId = null;
    return keep(upload, context, session);
  } catch (error) {
    const isOver = error instanceof UploadApiError && error.code === "upload_not_active";
    upload.wantsRestart = !isOver;
    throw error;
  }
}

function keep(upload: Upload, context: UploadContext, session: UploadSession): UploadSession {
  upload.session = session;
  upload.mayHaveSession = false;
  upload.fragmentSize ||= context.line.fragmentSize ?? session.fragment_size;
  noteStored(upload, session.next_offset);
  context.update(upload, { sessionId: session.upload_session_id, productId: session.product_id });
  context.dropTwins(upload);
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
