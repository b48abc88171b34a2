import { AppError } from "../../_shared/core/app-error.ts";
import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";

/** The caller's upload; somebody else's is "not there". */
export async function findOwnUpload(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
): Promise<UploadRow> {
  const upload = await deps.uploads.findOwn(caller.token, sessionId);
  if (!upload) throw new AppError("upload_not_found");
  return upload;
}
