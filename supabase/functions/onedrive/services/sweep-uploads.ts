import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { OnedriveDeps } from "./deps.ts";
import { dropReleasedUrls } from "./drop-released-urls.ts";
import { syncUpload } from "./sync-upload.ts";
import { verifyUpload } from "./verify-upload.ts";

const LIMIT = 50;

/**
 * Finishes uploads without a browser: those past their expiry and those that wait for OneDrive's hash. What ended
 * uploads left behind is dropped first, since it may hold a name.
 */
export async function sweepUploads(
  deps: OnedriveDeps,
): Promise<{ swept: number; failed: number }> {
  await dropReleasedUrls(deps);
  const uploads = await deps.uploads.listToSweep(LIMIT);
  let failed = 0;
  for (const upload of uploads) {
    await sweepOne(deps, upload).catch(() => failed++);
  }
  return { swept: uploads.length - failed, failed };
}

async function sweepOne(deps: OnedriveDeps, upload: UploadRow): Promise<void> {
  if (upload.status === "verifying" && upload.claimed_quickxor) {
    await verifyUpload(deps, upload, { quickxor: upload.claimed_quickxor });
    return;
  }
  await syncUpload(deps, upload);
}
