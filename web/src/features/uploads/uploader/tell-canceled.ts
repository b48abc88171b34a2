import { backoffMs } from "./backoff.ts";
import { toProblem } from "./upload-problem.ts";
import type { Upload, UploadContext } from "./upload.ts";

const MAX_TRIES = 5;

/**
 * Has the server drop the session of a canceled upload, so that nothing of it stays in OneDrive.
 * @returns false when the server could not be reached; it gives the session up by itself later
 */
export async function tellCanceled(upload: Upload, context: UploadContext): Promise<boolean> {
  if (!upload.session) return true;
  const never = new AbortController().signal;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    try {
      await context.api.cancel(upload.session.upload_session_id);
      return true;
    } catch (error) {
      const { kind } = toProblem(error);
      if (kind !== "unanswered" && kind !== "throttled") return true;
      const { backoffMinMs: minMs, backoffMaxMs: maxMs } = context.timings;
      const pauseMs = backoffMs(tries, context.random(), { minMs, maxMs });
      await context.connectivity.wait(`cancel ${upload.state.id}`, pauseMs, never);
    }
  }
  return false;
}
