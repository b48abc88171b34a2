import type { CanceledUpload } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { dropReleasedUrls } from "./drop-released-urls.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { removeOwnFile } from "./remove-own-file.ts";

/**
 * Gives an upload up and drops its bytes; one that was being verified loses its file. Canceling twice is fine; a
 * complete one is a video to delete. Null when nothing stays in OneDrive, else where the file is that may be another.
 */
export async function cancelUpload(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  itemId: string | null = null,
): Promise<CanceledUpload | null> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (upload.status === "canceled") return null;
  if (upload.status === "complete") throw new AppError("upload_not_active");
  // Before its file goes: of a call that completes it and this one, only one may win.
  await deps.uploads.move(caller.id, upload.id, "canceled");
  const { over } = await dropReleasedUrls(deps, caller.id);
  const mayHaveFile = upload.status === "verifying" ||
    (upload.status === "active" && over > 0);
  if (!mayHaveFile) return null;
  const removal = await removeOwnFile(deps, { ...upload, item_id: upload.item_id ?? itemId });
  return removal.outcome === "left" ? { status: "canceled", left: { path: removal.path } } : null;
}
