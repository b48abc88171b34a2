import type { Connectivity } from "./connectivity.ts";
import type { CreateFileHasher } from "./file-hasher.ts";
import type { VideoPoster } from "./poster.ts";
import type { ProbeDirect } from "./probe-direct.ts";
import type { SendFragment } from "./send-fragment.ts";
import type { UploadApi } from "./upload-api.ts";
import type { UploadState } from "./upload-state.ts";
import type { UploadTimings } from "./upload.ts";

export interface UploaderDeps {
  api: UploadApi;
  /** Milliseconds since 1970. */
  now?(): number;
  /** 0 to 1. */
  random?(): number;
  /** Files sent at the same time; 3 by default. */
  concurrency?: number;
  sendFragment?: SendFragment;
  createHasher?: CreateFileHasher;
  probeDirect?: ProbeDirect;
  looksLikeVideo?(file: Blob): Promise<boolean>;
  makePoster?(file: File): Promise<VideoPoster | null>;
  connectivity?: Connectivity;
  timings?: Partial<UploadTimings>;
}

/**
 * Takes files to OneDrive. Methods that take an id ignore one that is unknown or in a state where they make no
 * sense, since a click may come late.
 */
export interface Uploader {
  /** Starts an upload, or queues it behind others; returns its id at once. */
  add(file: File, options?: { productId?: string | null }): string;
  /** Lists the user's unfinished uploads of other tabs and earlier visits. Rejects with UploadApiError. */
  restore(): Promise<void>;
  /**
   * Goes on with an upload that is `needs_file`. Another file than the one it began with is refused: `error` becomes
   * `wrong_file` and the state stays `needs_file`. Never rejects.
   */
  attachFile(id: string, file: File): Promise<void>;
  pause(id: string): void;
  resume(id: string): void;
  /** Tries a failed upload again, and one that waits at once. */
  retry(id: string): void;
  /** Gives an upload up, here and in OneDrive. Never rejects. */
  cancel(id: string): Promise<void>;
  /** Takes a complete, failed, canceled or `already_there` upload off the list. */
  dismiss(id: string): void;
  /** Goes on with an upload that is `already_there`: its product gets the video a second time. */
  uploadAnyway(id: string): void;
  /** Goes on here with an upload that is `in_use_elsewhere`; the other tab stops. */
  takeOver(id: string): void;
  subscribe(listener: () => void): () => void;
  /** The same array until something changes. */
  getSnapshot(): readonly UploadState[];
  /** Stops everything without giving anything up: uploads can be restored. */
  dispose(): void;
}
