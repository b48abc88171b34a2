import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { DriveFile } from "../../_shared/providers/microsoft/adapter.ts";

/** How long a finished upload may stay invisible (OneDrive under load) before it counts as lost. */
const APPEARS_WITHIN_MS = 30_000;
/** How long OneDrive may take to compute a hash before the upload is given up. */
const HASH_WITHIN_MS = 24 * 3_600_000;

export type Verdict = "verified" | "wait" | "mismatch" | "missing";

/** Compares what the browser sent with what OneDrive holds: the size first, then quickXorHash. */
export function compareUpload(
  row: UploadRow,
  file: DriveFile | null,
  claimedQuickxor: string,
  now: Date,
): Verdict {
  const verifyingForMs = row.verifying_since ? now.getTime() - new Date(row.verifying_since).getTime() : 0;
  if (!file) {
    const isOver = new Date(row.expires_at) < now || verifyingForMs > APPEARS_WITHIN_MS;
    return isOver ? "missing" : "wait";
  }
  if (file.sizeBytes !== row.size_bytes) return "mismatch";
  if (file.quickXor === null) return verifyingForMs > HASH_WITHIN_MS ? "mismatch" : "wait";
  return file.quickXor === claimedQuickxor ? "verified" : "mismatch";
}
