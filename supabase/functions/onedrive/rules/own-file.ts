import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { DriveFile } from "../../_shared/providers/microsoft/adapter.ts";

type Known = Pick<UploadRow, "item_id" | "size_bytes" | "claimed_quickxor">;

/**
 * True when a file surely came from this upload: it has the id of the answer to the upload's last byte, or exactly
 * its content. The name alone proves nothing. Ids of personal accounts differ in letter case between addresses.
 */
export function isUploadsOwnFile(
  upload: Known,
  file: Pick<DriveFile, "id" | "sizeBytes" | "quickXor">,
): boolean {
  if (upload.item_id !== null) {
    return upload.item_id.toLowerCase() === file.id.toLowerCase();
  }
  return file.sizeBytes === upload.size_bytes && file.quickXor !== null &&
    file.quickXor === upload.claimed_quickxor;
}
