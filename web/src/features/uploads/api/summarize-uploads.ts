import { count } from "../../../lib/count.ts";
import type { UploadState } from "../uploader/create-uploader.ts";

/** Statuses in which an upload moves on without its user. */
export const MOVING: readonly UploadState["status"][] = [
  "queued",
  "fingerprinting",
  "preparing",
  "uploading",
  "waiting",
  "verifying",
];

const ENDED: readonly UploadState["status"][] = ["complete", "canceled"];

/** The headline over several uploads, and how far they are together (0 to 1). */
export function summarizeUploads(
  uploads: readonly UploadState[],
): { title: string; progress: number; isOver: boolean } {
  const moving = uploads.filter(({ status }) => MOVING.includes(status));
  const open = uploads.filter(({ status }) => !ENDED.includes(status));
  const size = open.reduce((sum, upload) => sum + upload.size, 0);
  const sent = open.reduce((sum, upload) => sum + upload.sentBytes, 0);
  const progress = open.length === 0 ? 1 : size > 0 ? sent / size : 0;
  if (moving.length > 0) {
    return { title: `Uploading ${count(moving.length, "video")}`, progress, isOver: false };
  }
  if (open.length > 0) {
    return { title: `${count(open.length, "upload")} waiting for you`, progress, isOver: false };
  }
  return { title: `${count(uploads.length, "upload")} finished`, progress, isOver: true };
}
