import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { createQuickXorHash } from "./quick-xor-hash.ts";
import { untilAborted, type Upload, type UploadContext } from "./upload.ts";

/** The poster is made while the bytes are sent; one that is still not there is not worth waiting for. */
const POSTER_PATIENCE_MS = 1_000;

/** Has the server compare what OneDrive stored with what was read from the disk, and takes the video it makes of it. */
export async function finishUpload(
  upload: Upload,
  session: UploadSession,
  context: UploadContext,
  signal: AbortSignal,
): Promise<void> {
  const { api, connectivity } = context;
  const id = session.upload_session_id;
  context.update(upload, {
    status: "verifying",
    sentBytes: upload.state.size,
    speedBps: null,
    secondsLeft: null,
  });
  const quickxor = await untilAborted(readDigest(upload, session), signal);
  const poster = await untilAborted(Promise.race([upload.poster, pause(POSTER_PATIENCE_MS)]), signal);
  const measures = poster &&
    { duration_ms: poster.durationMs, width: poster.width, height: poster.height };
  const claim = { quickxor, ...(upload.itemId && { item_id: upload.itemId }), ...measures };
  for (;;) {
    const answer = await untilAborted(api.complete(id, claim), signal);
    if (!("retry_after_ms" in answer)) {
      context.update(upload, { status: "complete", video: answer, error: null });
      return;
    }
    await connectivity.wait(upload.state.id, answer.retry_after_ms, signal);
  }
}

/** Without the file, an upload that was hashed to its end before a reload can still be finished. */
async function readDigest(upload: Upload, session: UploadSession): Promise<string> {
  if (upload.hasher) return await upload.hasher.digest();
  return createQuickXorHash(session.hash).digest();
}

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
