/** A file that Blotato keeps, uploaded or copied from an address. */
export interface HostedMedia {
  /** Also its name in its address. */
  id: string;
  /** The name of the user. */
  user: string;
  filename: string;
  blob: string;
  /** Null until its bytes are there. */
  size: number | null;
  mimeType: string;
  /** Until when its presigned address takes bytes, milliseconds since 1970; null for one without. */
  uploadUntil: number | null;
  uploadToken: string | null;
}
