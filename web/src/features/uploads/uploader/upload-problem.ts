import { UploadApiError } from "./upload-api.ts";
import type { UploadRemark } from "./upload-state.ts";

/**
 * What to do about a problem:
 * - `interrupted`, `throttled`, `unanswered`: wait and go on, for as long as it takes
 * - `held`: another upload of this tab was throttled; wait as long as it does
 * - `refused`, `uncommitted`: ask where to go on; after several in a row the session is useless
 * - `restart`: this session is useless
 * - `in_use`: another tab uploads this file
 * - `needs_file`: the file on disk cannot be read any more
 * - `canceled`: given up in another tab
 * - `duplicate`: the product has this video already; its user decides
 * - `fatal`: only a person can help
 */
export type ProblemKind =
  | "interrupted"
  | "throttled"
  | "held"
  | "unanswered"
  | "refused"
  | "uncommitted"
  | "restart"
  | "in_use"
  | "needs_file"
  | "canceled"
  | "duplicate"
  | "fatal";

/** Why an upload stopped moving, with the sentence its user sees. */
export class UploadProblem extends Error {
  override readonly name = "UploadProblem";
  constructor(
    readonly kind: ProblemKind,
    readonly remark: UploadRemark,
    readonly retryAfterMs: number | null = null,
  ) {
    super(remark.message);
  }
}

/** The sentences of this side; those of the server come with its errors. */
export const REMARKS = {
  offline: "You are offline.",
  connection_lost: "The connection to OneDrive was interrupted.",
  onedrive_failed: "OneDrive did not answer properly.",
  throttled: "OneDrive asks for a short break.",
  onedrive_refused: "OneDrive does not take the next part right now.",
  onedrive_keeps_refusing: "OneDrive keeps refusing this file. Try again later.",
  upload_expired: "OneDrive gave the unfinished upload up, so it began again from the start.",
  name_taken:
    "A file with this name appeared in OneDrive meanwhile, so the upload began again under another name.",
  renamed: "A file with this name appeared in OneDrive meanwhile, so the video is stored under another name.",
  file_locked: "OneDrive has this file locked right now.",
  not_a_video: "This is not a video, whatever its name says. Choose another file.",
  quota_exceeded: "Your OneDrive is full. Free some space and try again.",
  upload_in_use: "Another tab or browser is uploading this file.",
  upload_canceled: "This upload was canceled elsewhere.",
  wrong_file: "This is not the file the upload began with. Pick the same file again.",
  file_unreadable: "The file cannot be read any more: it was changed, moved or removed. Pick it again.",
  empty_file: "The file is empty.",
  file_too_large: "The file is larger than OneDrive takes (250 GB).",
  hash_mismatch: "The file in OneDrive is not the file you picked. Try again to upload it anew.",
  cancel_left_file:
    "Canceled. A file of this name stays in your OneDrive, since it may not be the one of this upload.",
  cancel_unsent: "OneDrive could not be told that this upload was canceled. It will forget it by itself.",
  unexpected: "Something went wrong in this tab. Try again.",
} as const;

export type RemarkCode = keyof typeof REMARKS;

export function remark(code: RemarkCode): UploadRemark {
  return { code, message: REMARKS[code] };
}

export function problem(
  kind: ProblemKind,
  code: RemarkCode,
  retryAfterMs: number | null = null,
): UploadProblem {
  return new UploadProblem(kind, remark(code), retryAfterMs);
}

const PROBLEM_OF_CODE: Readonly<Record<string, ProblemKind>> = {
  duplicate_upload: "duplicate",
  upload_in_use: "in_use",
  upload_expired: "restart",
  upload_incomplete: "refused",
  upload_not_active: "refused",
};

/** What any thrown value means for the upload. */
export function toProblem(error: unknown): UploadProblem {
  if (error instanceof UploadProblem) return error;
  if (error instanceof UploadApiError) {
    const { code, message, retryAfterMs } = error;
    return new UploadProblem(kindOfApiError(error), { code, message }, retryAfterMs);
  }
  if (error instanceof DOMException && ["NotReadableError", "NotFoundError"].includes(error.name)) {
    return problem("needs_file", "file_unreadable");
  }
  return problem("fatal", "unexpected");
}

/** An expired session (401) ends when the tab gets a new token or its user signs in: worth waiting for. */
function kindOfApiError({ code, status }: UploadApiError): ProblemKind {
  const known = PROBLEM_OF_CODE[code];
  if (known) return known;
  if (status === 429 || status === 503) return "throttled";
  if (status === 0 || status === 401 || status === 408 || status >= 500) return "unanswered";
  return "fatal";
}
