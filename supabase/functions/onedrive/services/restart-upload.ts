import type { UploadSession } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { toUploadSession } from "../rules/to-upload-session.ts";
import { checkSpace } from "./create-upload.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { openAtFreeName } from "./open-at-free-name.ts";
import { withUploadFolder } from "./upload-folder.ts";
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
  if (!RESTARTABLE.includes(upload.status)) throw new AppError("upload_not_active");
  if (upload.status === "active" && uploaderId) {
    if (!await deps.uploads.hold(caller.id, upload.id, uploaderId, false)) {
      throw new AppError("upload_in_use");
    }
  }
  return await deps.access.withAccess(caller.id, async (access) => {
    const remainingBytes = await checkSpace(deps, caller, access, upload.size_bytes);
    await dropUploadUrl(deps, upload);
    const target = {
      userId: caller.id,
      token: access.token,
      filename: upload.filename,
      sizeBytes: upload.size_bytes,
      remainingBytes,
      uploaderId,
    };
    const { row, uploadUrl } = await withUploadFolder(
      deps,
      caller.id,
      access,
      (folder) =>
        openAtFreeName(
          deps,
          { ...target, folder },
          (opened) => deps.uploads.restart(caller.id, upload.id, opened),
        ),
    );
    return toUploadSession(row, uploadUrl);
  });
}
