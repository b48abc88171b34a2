import type { UploadProgressRequest } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { UploadProgress } from "../../_shared/db/onedrive-uploads.ts";

/** A report of the browser, refused when it lies outside the file or hashes bytes that are not stored. */
export function toProgress(report: UploadProgressRequest, sizeBytes: number): UploadProgress {
  const hashOffset = report.hash?.offset ?? 0;
  if (report.next_offset > sizeBytes || hashOffset > report.next_offset) {
    throw new AppError("offset_out_of_range");
  }
  return {
    nextOffset: report.next_offset,
    hash: report.hash,
    expiresAt: report.expires_at ? new Date(report.expires_at) : undefined,
  };
}
