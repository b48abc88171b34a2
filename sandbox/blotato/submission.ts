/** What TikTok was to do with a post. */
export interface TiktokTarget {
  privacyLevel: string;
  disabledComments: boolean;
  disabledDuet: boolean;
  disabledStitch: boolean;
  isBrandedContent: boolean;
  isYourBrand: boolean;
  isAiGenerated: boolean;
  isDraft: boolean;
  /** Milliseconds. */
  videoCoverTimestamp: number;
}

/** A post that was submitted. Times in milliseconds since 1970. */
export interface Submission {
  id: string;
  /** The name of the user. */
  user: string;
  accountId: string;
  username: string;
  text: string;
  mediaUrls: string[];
  target: TiktokTarget;
  createdAt: number;
  /** Null unless it was scheduled. */
  scheduledAt: number | null;
  /** How long Blotato works on it once the media is there. */
  processingMs: number;
  /** The words it fails with; null unless it is to fail. */
  forcedError: string | null;
  outcome:
    | { type: "published"; postId: string; at: number }
    | { type: "failed"; failureId: string; errorMessage: string; at: number }
    | null;
  blob: string;
  size: number;
  sha256: string | null;
  mimeType: string;
}
