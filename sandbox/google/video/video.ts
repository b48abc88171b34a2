export type Privacy = "public" | "unlisted" | "private";

/** Why a finished upload does not become a video that plays. */
export type Outcome =
  | { uploadStatus: "processed" }
  | { uploadStatus: "failed"; reason: string }
  | { uploadStatus: "rejected"; reason: string };

export interface Snippet {
  title: string;
  description: string;
  tags: string[];
  categoryId: string;
  defaultLanguage: string | null;
}

export interface Status {
  privacyStatus: Privacy;
  /** When a private video becomes public, ms since 1970. */
  publishAt: number | null;
  selfDeclaredMadeForKids: boolean | null;
  containsSyntheticMedia: boolean | null;
  embeddable: boolean;
  license: "youtube" | "creativeCommon";
  publicStatsViewable: boolean;
}

export type Localizations = Record<string, { title: string; description: string }>;

/** The parts of a video that its owner writes. */
export interface VideoMetadata {
  snippet: Snippet;
  status: Status;
  localizations: Localizations | null;
}

/** A video whose bytes are all there. Sizes in bytes, times in ms since 1970. */
export interface Video extends VideoMetadata {
  id: string;
  account: string;
  channelId: string;
  createdAt: number;
  blob: string;
  size: number;
  sha256: string;
  mimeType: string;
  notifySubscribers: boolean;
  /** When `outcome` shows. */
  processedAt: number;
  outcome: Outcome;
  /** Whether anybody but the owner could ever see it. */
  wasPublished: boolean;
  thumbnail: { blob: string; mimeType: string } | null;
}

/** Privacy and schedule as they stand at `now`: a schedule that has come makes the video public. */
export function privacyAt(video: Video, now: number): Pick<Status, "privacyStatus" | "publishAt"> {
  const { privacyStatus, publishAt } = video.status;
  const isDue = publishAt !== null && publishAt <= now;
  return isDue ? { privacyStatus: "public", publishAt: null } : { privacyStatus, publishAt };
}

/** Whether the video ever left privacy, a schedule that has come included. */
export function wasEverPublished(video: Video, now: number): boolean {
  return video.wasPublished || privacyAt(video, now).privacyStatus !== "private";
}

/** What processing says at `now`; "uploaded" while it runs. */
export function uploadStatusAt(video: Video, now: number): "uploaded" | Outcome["uploadStatus"] {
  return now < video.processedAt ? "uploaded" : video.outcome.uploadStatus;
}
