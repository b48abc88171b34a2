import type { SignIn } from "../grants.ts";

/** Where the bytes of a container come from. */
export type Source =
  | { kind: "url"; url: string }
  /** `total` is known from the first bytes on; `url` is set when a hosted file takes the place of bytes. */
  | { kind: "resumable"; total: number | null; url: string | null };

/** Why a container is dead: the subcode that its status text names. */
export interface ContainerFailure {
  subcode: number;
  message: string;
  at: number;
}

/** What the caller wants the Reel to be. Times in ms since 1970, sizes in bytes. */
export interface ReelText {
  caption: string;
  isSharedToFeed: boolean;
  coverUrl: string | null;
  /** The picture that was behind `coverUrl`. */
  coverBlob: string | null;
  thumbOffsetMs: number;
  isAiGenerated: boolean;
  collaborators: string[];
  audioName: string | null;
}

/** A Reel in the making, known by its creation id. */
export interface Container extends ReelText {
  id: string;
  instagramId: string;
  person: string;
  /** The host it was made on; bytes can only be uploaded to one made on Facebook's. */
  host: SignIn;
  createdAt: number;
  /** When it dies unpublished. */
  expiresAt: number;
  source: Source;
  blob: string;
  /** Bytes that are stored. */
  received: number;
  /** Set when all bytes are there. */
  sha256: string | null;
  /** When processing ends; null while bytes are missing. */
  readyAt: number | null;
  /** Processing time which a fault asked for, ms. */
  processingMs: number | null;
  failure: ContainerFailure | null;
  mediaId: string | null;
}

export type ContainerStatus = "IN_PROGRESS" | "FINISHED" | "PUBLISHED" | "ERROR" | "EXPIRED";

/** The status code of a container at `now`. */
export function statusAt(container: Container, now: number): ContainerStatus {
  if (container.mediaId !== null) return "PUBLISHED";
  if (container.failure !== null && container.failure.at <= now) return "ERROR";
  if (now >= container.expiresAt) return "EXPIRED";
  return container.readyAt !== null && container.readyAt <= now ? "FINISHED" : "IN_PROGRESS";
}
