import { backoffMs } from "./backoff.ts";
import { remark, toProblem } from "./upload-problem.ts";
import type { UploadRemark } from "./upload-state.ts";
import type { Upload, UploadContext } from "./upload.ts";

const MAX_TRIES = 5;

/**
 * Has the server drop the session of a canceled upload, so that nothing of it stays in OneDrive.
 * @returns what its user should know: a file that stays, or that the server could not be reached (it gives the session
 * up by itself later); null when all is gone
 */
export async function tellCanceled(upload: Upload, context: UploadContext): Promise<UploadRemark | null> {
  if (!upload.session) return null;
  const never = new AbortController().signal;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    try {
      const path = await context.api.cancel(upload.session.upload_session_id, upload.itemId);
      if (path === null) return null;
      const { code, message } = remark("cancel_left_file");
      return { code, message: `${message} It is ${path}.` };
    } catch (error) {
      const { kind } = toProblem(error);
      if (kind !== "unanswered" && kind !== "throttled") return null;
      const { backoffMinMs: minMs, backoffMaxMs: maxMs } = context.timings;
      const pauseMs = backoffMs(tries, context.random(), { minMs, maxMs });
      await context.connectivity.wait(`cancel ${upload.state.id}`, pauseMs, never);
    }
  }
  return remark("cancel_unsent");
}
