import { formatBytes } from "../../../lib/format-bytes.ts";
import { formatTimeLeft } from "../../../lib/format-duration.ts";
import type { UploadState } from "../uploader/create-uploader.ts";

export interface UploadDescription {
  text: string;
  /** 0 to 1; null while nobody can tell. */
  progress: number | null;
  tone: "normal" | "muted" | "warning" | "danger";
}

/** Puts the state of an upload into words and a bar. */
export function describeUpload(upload: UploadState, now: number = Date.now()): UploadDescription {
  const { sentBytes, size } = upload;
  const done = size > 0 ? sentBytes / size : 0;
  const sent = `${formatBytes(sentBytes)} of ${formatBytes(size)}`;
  switch (upload.status) {
    case "queued":
      return { text: `${formatBytes(size)}, waiting for its turn`, progress: done, tone: "muted" };
    case "fingerprinting":
      return { text: "Reading the file", progress: null, tone: "normal" };
    case "preparing":
      return { text: "Making room in OneDrive", progress: null, tone: "normal" };
    case "uploading": {
      const speed = upload.speedBps ? ` · ${formatBytes(upload.speedBps)}/s` : "";
      const left = upload.secondsLeft === null ? "" : ` · ${formatTimeLeft(upload.secondsLeft)}`;
      return { text: `${sent}${speed}${left}`, progress: done, tone: "normal" };
    }
    case "paused":
      return { text: `Paused at ${sent}`, progress: done, tone: "muted" };
    case "waiting":
      return { text: `${describeWait(upload, now)} ${sent} are safe.`, progress: done, tone: "warning" };
    case "needs_file": {
      const request = upload.error?.message ?? "Choose the same file again to go on.";
      return { text: `${request} ${sent} are safe.`, progress: done, tone: "warning" };
    }
    case "in_use_elsewhere":
      return { text: `Goes on in another tab or browser. ${sent}.`, progress: done, tone: "muted" };
    case "already_there":
      return {
        text: `${upload.error?.message ?? "Already there."} Upload it again?`,
        progress: null,
        tone: "warning",
      };
    case "verifying":
      return { text: "Checking that OneDrive has every byte", progress: null, tone: "normal" };
    case "complete":
      return { text: `${formatBytes(size)}, uploaded and checked`, progress: 1, tone: "normal" };
    case "failed":
      return { text: upload.error?.message ?? "This upload failed.", progress: done, tone: "danger" };
    case "canceled":
      return { text: upload.error?.message ?? "Canceled", progress: done, tone: "muted" };
  }
}

function describeWait(upload: UploadState, now: number): string {
  const reason = upload.error?.message ?? "The connection is gone.";
  if (upload.retryAt === null) return `${reason} Trying again.`;
  const seconds = Math.max(1, Math.ceil((upload.retryAt - now) / 1000));
  return `${reason} Trying again in ${seconds} s.`;
}
