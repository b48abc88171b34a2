import type { Video } from "../../../supabase/functions/_shared/contracts/videos.ts";

export type UnreachableReason = NonNullable<Video["unreachable_reason"]>;

/** Why the file of a video cannot be reached, in a word or two. */
export const UNREACHABLE_LABELS: Record<UnreachableReason, string> = {
  missing: "Missing in OneDrive",
  other_account: "In another OneDrive",
  disconnected: "OneDrive not connected",
};

/** What its owner can do about it. */
export const UNREACHABLE_SENTENCES: Record<UnreachableReason, string> = {
  missing: "The file was deleted or moved out of your OneDrive. Restore it there, or delete the video here.",
  other_account: "The file is in the OneDrive account that was connected before. Connect that one to use it.",
  disconnected: "Connect OneDrive again to play and post this video.",
};
