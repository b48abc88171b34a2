import type { Kit } from "../../kit/provider.ts";

/** What a post shall be (rule: Content Posting API, Direct Post, post_info). */
export interface PostInfo {
  privacyLevel: string;
  title: string;
  disableComment: boolean;
  disableDuet: boolean;
  disableStitch: boolean;
  coverTimestampMs: number | null;
  /** Paid partnership. */
  isBranded: boolean;
  isOwnBrand: boolean;
  isAiGenerated: boolean;
}

/** A post between its init and long after it is there. Sizes in bytes, times in ms since 1970. */
export interface Post {
  publishId: string;
  account: string;
  /** Null for a draft in the person's inbox. */
  info: PostInfo | null;
  source: UploadSource | PullSource;
  blob: string;
  received: number;
  createdAt: number;
  /** Set when the bytes are whole: from then on TikTok works on it. */
  arrived: Arrival | null;
  /** Ended before its bytes were whole. */
  failReason: string | null;
}

export interface UploadSource {
  kind: "FILE_UPLOAD";
  /** Names the upload in its address. */
  uploadId: string;
  token: string;
  size: number;
  chunkSize: number;
  chunkCount: number;
  mimeType: string;
  expiresAt: number;
}

export interface PullSource {
  kind: "PULL_FROM_URL";
  url: string;
  mimeType: string;
}

export interface Arrival {
  at: number;
  sha256: string;
  processedAt: number;
  /** When the public id shows. */
  moderatedAt: number;
  failReason: string | null;
  postId: string;
}

export type PostStatus =
  | "PROCESSING_UPLOAD"
  | "PROCESSING_DOWNLOAD"
  | "SEND_TO_USER_INBOX"
  | "PUBLISH_COMPLETE"
  | "FAILED";

export function statusOf(kit: Kit, post: Post): PostStatus {
  if (post.failReason !== null) return "FAILED";
  const { arrived } = post;
  if (arrived === null || kit.now() < arrived.processedAt) {
    return post.source.kind === "FILE_UPLOAD" ? "PROCESSING_UPLOAD" : "PROCESSING_DOWNLOAD";
  }
  if (arrived.failReason !== null) return "FAILED";
  return post.info === null ? "SEND_TO_USER_INBOX" : "PUBLISH_COMPLETE";
}

/** Why it failed; empty while it did not. */
export function failReasonOf(kit: Kit, post: Post): string {
  return statusOf(kit, post) === "FAILED" ? post.failReason ?? post.arrived?.failReason ?? "" : "";
}

/** Whether the post is on its account's profile, or will be in a moment: nothing can stop it. */
export function isThere({ info, arrived }: Post): boolean {
  return info !== null && arrived !== null && arrived.failReason === null;
}
