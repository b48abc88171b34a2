import type { UploadSession } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { openSession } from "./open-session.ts";
import { dropUploadUrl } from "./upload-url.ts";

const RESTARTABLE = ["active", "expired", "failed"];

/** Opens a new session for the same file from byte zero; OneDrive cannot carry bytes over. */
export async function restartUpload(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  uploaderId: string | null,
): Promise<UploadSession> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (!RESTARTABLE.includes(upload.status)) {
    throw new AppError("upload_not_active");
  }
  if (upload.status === "active" && uploaderId) {
    if (!await deps.uploads.hold(caller.id, upload.id, uploaderId, false)) {
      throw new AppError("upload_in_use");
    }
  }
  return await openSession(deps, caller, {
    filename: upload.filename,
    sizeBytes: upload.size_bytes,
    uploaderId,
    // A work account refuses the name as long as the old session is open.
    beforeOpening: () => dropUploadUrl(deps, upload),
    store: (opened) => deps.uploads.restart(caller.id, upload.id, opened),
  });
}
