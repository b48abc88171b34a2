import type { UploadProgressRequest } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { toProgress } from "../rules/to-progress.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";

/** Keeps what the browser reports and extends its lease. OneDrive is asked again before anybody goes on from it. */
export async function reportProgress(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  report: UploadProgressRequest,
  uploaderId: string | null,
): Promise<void> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (upload.status !== "active") throw new AppError("upload_not_active");
  if (uploaderId && !await deps.uploads.hold(caller.id, upload.id, uploaderId, false)) {
    throw new AppError("upload_in_use");
  }
  const progress = toProgress(report, upload.size_bytes, deps.clock());
  const row = await deps.uploads.record(caller.id, upload.id, progress);
  if (!row) throw new AppError("upload_not_active");
}
