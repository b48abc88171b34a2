import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { dropUploadUrl } from "./upload-url.ts";

/** Gives an upload up and drops its bytes. Canceling twice is fine; a complete one is a video to delete. */
export async function cancelUpload(deps: OnedriveDeps, caller: Caller, sessionId: string): Promise<void> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (upload.status === "canceled") return;
  if (upload.status === "complete") throw new AppError("upload_not_active");
  await dropUploadUrl(deps, upload);
  await deps.uploads.move(caller.id, upload.id, "canceled");
}
