import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import type { VideoPoster } from "./poster.ts";

export const UPLOAD_STATUSES = [
  "queued",
  "fingerprinting",
  "preparing",
  "uploading",
  "paused",
  "waiting",
  "needs_file",
  "in_use_elsewhere",
  "already_there",
  "verifying",
  "complete",
  "failed",
  "canceled",
] as const;

export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** A stable code and a sentence for a person. */
export interface UploadRemark {
  readonly code: string;
  readonly message: string;
}

/** One upload as the page shows it. Never changed in place: every change makes a new object. */
export interface UploadState {
  /** Made by this tab; stays the same for as long as the upload is listed. */
  readonly id: string;
  /** `upload_session_id` of the server; null until there is one. */
  readonly sessionId: string | null;
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly productId: string | null;
  readonly status: UploadStatus;
  /** Bytes stored in OneDrive plus, while `uploading`, those on their way. */
  readonly sentBytes: number;
  /** Bytes per second over the last seconds; null while nothing is measured. */
  readonly speedBps: number | null;
  readonly secondsLeft: number | null;
  /** Milliseconds since 1970; null while waiting for the network itself. */
  readonly retryAt: number | null;
  /** Why it failed, waits, or needs its file; null while all is well. */
  readonly error: UploadRemark | null;
  /** Something the user should know although the upload goes on, e.g. that it began again. */
  readonly notice: UploadRemark | null;
  /** A frame and the measures of the video; null until known, and for good when the browser cannot decode it. */
  readonly poster: VideoPoster | null;
  /** The finished video; set when `complete`. */
  readonly video: Video | null;
}

/** The one table of allowed moves. */
export const UPLOAD_MOVES: Readonly<Record<UploadStatus, readonly UploadStatus[]>> = {
  queued: ["fingerprinting", "preparing", "paused", "failed", "canceled"],
  fingerprinting: ["preparing", "paused", "needs_file", "failed", "canceled"],
  preparing: [
    "uploading",
    "verifying",
    "waiting",
    "paused",
    "needs_file",
    "in_use_elsewhere",
    "already_there",
    "failed",
    "canceled",
  ],
  uploading: [
    "preparing",
    "verifying",
    "waiting",
    "paused",
    "needs_file",
    "in_use_elsewhere",
    "failed",
    "canceled",
  ],
  waiting: ["queued", "preparing", "paused", "canceled"],
  paused: ["queued", "canceled"],
  needs_file: ["queued", "verifying", "canceled"],
  in_use_elsewhere: ["queued", "preparing", "waiting", "paused", "needs_file", "failed", "canceled"],
  already_there: ["queued", "canceled"],
  verifying: ["preparing", "waiting", "needs_file", "in_use_elsewhere", "complete", "failed", "canceled"],
  complete: [],
  failed: ["queued", "needs_file", "canceled"],
  canceled: [],
};

/** Statuses that end an upload for good. */
export const ENDED_STATUSES: readonly UploadStatus[] = ["complete", "canceled"];

export function canMove(from: UploadStatus, to: UploadStatus): boolean {
  return from === to || UPLOAD_MOVES[from].includes(to);
}

type NewUpload = Pick<UploadState, "id" | "fileName" | "size" | "mimeType" | "productId">;

/** An upload that has just been added. */
export function newUploadState(upload: NewUpload): UploadState {
  return {
    ...upload,
    sessionId: null,
    status: "queued",
    sentBytes: 0,
    speedBps: null,
    secondsLeft: null,
    retryAt: null,
    error: null,
    notice: null,
    poster: null,
    video: null,
  };
}
