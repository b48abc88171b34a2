import { AppError } from "../../_shared/core/app-error.ts";

interface KnownQuota {
  remaining: number | null;
  state: string | null;
}

/**
 * Refuses an upload before its first byte when OneDrive takes nothing any more. A quota it does not tell never
 * blocks; whether a file fits into the rest is OneDrive's own decision (507 when the session is created).
 */
export function requireSpace(quota: KnownQuota, sizeBytes: number): void {
  if (quota.state !== "exceeded") return;
  throw new AppError("quota_exceeded", {
    message: describeMissingSpace(sizeBytes, quota.remaining),
    details: { size_bytes: sizeBytes, remaining_bytes: quota.remaining },
  });
}

/** The sentence for a file that does not fit. */
export function describeMissingSpace(sizeBytes: number, remaining: number | null): string {
  const left = remaining === null ? "" : ` and ${formatBytes(remaining)} are left`;
  return `Your OneDrive is full: this file needs ${
    formatBytes(sizeBytes)
  }${left}. Free some space and try again.`;
}

function formatBytes(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
