import type { UploadSession } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { toUploadSession } from "../rules/to-upload-session.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { syncUpload } from "./sync-upload.ts";

interface Uploader {
  id: string | null;
  takeOver: boolean;
}

/** Where to go on with an upload, as OneDrive itself sees it. With an uploader id: takes the uploader's lease. */
export async function resumeUpload(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  uploader: Uploader,
): Promise<UploadSession> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (upload.status !== "active") return toUploadSession(upload, null);
  if (uploader.id && !await deps.uploads.hold(caller.id, upload.id, uploader.id, uploader.takeOver)) {
    throw new AppError("upload_in_use");
  }
  const { row, uploadUrl } = await syncUpload(deps, upload);
  return toUploadSession(row, uploadUrl);
}

/** Unfinished uploads as last stored, without their URLs. */
export async function listUploads(deps: OnedriveDeps, caller: Caller): Promise<UploadSession[]> {
  const uploads = await deps.uploads.listOwnOpen(caller.token);
  return uploads.map((upload) => toUploadSession(upload, null));
}
