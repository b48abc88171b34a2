/** Why a phase of a video failed: Facebook's number and sentence. */
export interface PhaseFailure {
  code: number;
  message: string;
}

/** What the caller made of an uploaded video. Times in ms since 1970. */
export interface Publication {
  state: "PUBLISHED" | "SCHEDULED" | "DRAFT";
  title: string | null;
  description: string;
  isAiGenerated: boolean;
  requestedAt: number;
  /** When people see it, if nothing fails; null for a draft. */
  visibleAt: number | null;
  failure: PhaseFailure | null;
}

/** A Reel of a Page, from its upload session on. Times in ms since 1970, sizes in bytes. */
export interface PageVideo {
  id: string;
  pageId: string;
  person: string;
  createdAt: number;
  /** When an upload that was not finished is forgotten. */
  expiresAt: number;
  /** Known from the first bytes on. */
  total: number | null;
  /** Of a hosted file that takes the place of bytes. */
  url: string | null;
  blob: string;
  received: number;
  /** Set when all bytes are there. */
  sha256: string | null;
  /** When processing ends; null until it began. */
  readyAt: number | null;
  /** Processing time which a fault asked for, ms. */
  processingMs: number | null;
  /** What is wrong with the file, from `at` on; null before processing began. */
  failure: (PhaseFailure & { phase: "uploading" | "processing"; at: number | null }) | null;
  publication: Publication | null;
  /** Blob of a cover the caller gave, a JPEG or PNG. */
  cover: string | null;
}

export type VideoStatus =
  | "uploading"
  | "upload_complete"
  | "upload_failed"
  | "processing"
  | "ready"
  | "expired"
  | "error";

/** The overall status of a video at `now`. */
export function videoStatusAt(video: PageVideo, now: number): VideoStatus {
  const failure = failureAt(video, now);
  if (failure !== null) return failure.phase === "uploading" ? "upload_failed" : "error";
  if (video.publication?.failure && isPublishTimeOver(video, now)) return "error";
  if (video.publication === null && now >= video.expiresAt) return "expired";
  if (video.sha256 === null) return "uploading";
  if (video.readyAt === null) return "upload_complete";
  return video.readyAt <= now ? "ready" : "processing";
}

/** What is wrong with the file, once it shows. */
export function failureAt({ failure }: PageVideo, now: number): PageVideo["failure"] {
  return failure !== null && failure.at !== null && failure.at <= now ? failure : null;
}

/** Whether people see the video at `now`. */
export function isVisibleAt(video: PageVideo, now: number): boolean {
  const { publication } = video;
  return publication !== null && publication.failure === null && video.failure === null &&
    isPublishTimeOver(video, now);
}

function isPublishTimeOver({ publication }: PageVideo, now: number): boolean {
  const visibleAt = publication?.visibleAt ?? null;
  return visibleAt !== null && visibleAt <= now;
}
