import type { VideoFacts } from "../../kit/video-facts.ts";

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

/** What an item is besides a file or a folder: a notebook, or a shortcut to a video in somebody else's drive. */
export type SpecialKind = "package" | "remoteItem";

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
  /** Null for a folder, and for what is special. */
  content: FileContent | null;
  special?: SpecialKind;
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
