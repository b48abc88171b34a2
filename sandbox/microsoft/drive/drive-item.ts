/** Facts a video file tells about itself, in Graph's units (milliseconds, pixels, bits per second). */
export interface VideoFacts {
  duration: number;
  width: number;
  height: number;
  bitrate: number;
  frameRate?: number;
  fourCC?: string;
  audioFormat?: string;
  audioChannels?: number;
  audioSamplesPerSecond?: number;
}

/** The bytes of a file and what is known of them. */
export interface FileContent {
  blob: string;
  size: number;
  quickXor: string;
  mimeType: string;
  video: VideoFacts | null;
  /** When hashes, video facts and thumbnails appear, milliseconds since 1970. */
  readyAt: number;
}

export interface DriveItem {
  id: string;
  parentId: string | null;
  name: string;
  createdAt: number;
  modifiedAt: number;
  /** Counts any change (eTag) and changes of content (cTag). */
  version: number;
  contentVersion: number;
  guid: string;
  /** Position in the drive's change log. */
  sequence: number;
  /** Null for a folder. */
  content: FileContent | null;
}

/** What the change log remembers of a deleted item. */
export interface Tombstone {
  id: string;
  parentId: string | null;
  name: string;
  isFolder: boolean;
  sequence: number;
}

export type ConflictBehavior = "fail" | "rename" | "replace";
