import type { Comment } from "./comments.ts";
import type { ReelText } from "./container.ts";

/** A published Reel. Sizes in bytes, times in ms since 1970. */
export interface Media extends ReelText {
  id: string;
  containerId: string;
  instagramId: string;
  person: string;
  shortcode: string;
  createdAt: number;
  blob: string;
  size: number;
  sha256: string;
  mimeType: string;
  /** The oldest first. */
  comments: Comment[];
}
