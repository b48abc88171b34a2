import type { UploadProgressRequest } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { UploadProgress } from "../../_shared/db/onedrive-uploads.ts";

/** OneDrive keeps an upload session for seven days at most (personal accounts; work accounts less). */
const LONGEST_SESSION_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A report of the browser, refused when it lies outside the file or hashes bytes that are not stored. An end later
 * than OneDrive ever grants is not believed.
 */
export function toProgress(report: UploadProgressRequest, sizeBytes: number, now: Date): UploadProgress {
  const hashOffset = report.hash?.offset ?? 0;
  if (report.next_offset > sizeBytes || hashOffset > report.next_offset) {
    throw new AppError("offset_out_of_range");
  }
  return {
    nextOffset: report.next_offset,
    hash: report.hash,
    expiresAt: report.expires_at
      ? new Date(Math.min(Date.parse(report.expires_at), now.getTime() + LONGEST_SESSION_MS))
      : undefined,
  };
}
