import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import type { Connectivity } from "./connectivity.ts";
import type { CreateFileHasher, FileHasher } from "./file-hasher.ts";
import type { VideoPoster } from "./poster.ts";
import type { ProbeDirect } from "./probe-direct.ts";
import type { SendFragment } from "./send-fragment.ts";
import type { Slots } from "./slots.ts";
import type { Throttle } from "./throttle.ts";
import type { UploadApi } from "./upload-api.ts";
import type { UploadState } from "./upload-state.ts";

/** One upload with everything this tab holds for it. `state` is the part that the page sees. */
export interface Upload {
  state: UploadState;
  file: File | null;
  fingerprint: string | null;
  /** As the server last described it. */
  session: UploadSession | null;
  /** A creation under way; a run that begins meanwhile waits for it instead of opening another session. */
  opening: Promise<UploadSession> | null;
  hasher: FileHasher | null;
  poster: Promise<VideoPoster | null> | null;
  /** Length of the next fragment, bytes; 0 until the server proposes one. */
  fragmentSize: number;
  /** Ends the current run (pause, cancel, dispose); null while nothing runs. */
  control: AbortController | null;
  /** Sends what is stored to the server at once; null while no bytes are sent. */
  report: ((options?: { leaving?: boolean }) => void) | null;
  /** The next question to the server takes the lease from another tab. */
  wantsTakeOver: boolean;
  /** The session is useless: the next step opens a new one. */
  wantsRestart: boolean;
  /** A creation whose answer got lost may have opened a session nobody knows of. */
  mayHaveSession: boolean;
  /** Sessions opened in place of a useless one since a person last asked to go on. */
  restarts: number;
  /** Bytes that are surely in OneDrive. */
  stored: number;
  /** Id of the finished file, from the answer to its last byte. */
  itemId: string | null;
  /** Its user wants it although the product has this video already. */
  allowsDuplicate: boolean;
  /** Upload host that this upload reaches through our server only. */
  relayedOrigin: string | null;
  /** Connections lost in a row since the upload host last answered. */
  silentLosses: number;
  trouble: Trouble;
}

/** Failures since the last byte was stored. */
export interface Trouble {
  failures: number;
  /** Answers that refused; several in a row mean that the session is useless. */
  refusals: number;
}

/** An upload that has not begun. */
export function newUpload(state: UploadState, known: Partial<Upload> = {}): Upload {
  return {
    state,
    file: null,
    fingerprint: null,
    session: null,
    opening: null,
    hasher: null,
    poster: null,
    fragmentSize: 0,
    control: null,
    report: null,
    wantsTakeOver: false,
    wantsRestart: false,
    mayHaveSession: false,
    restarts: 0,
    stored: 0,
    itemId: null,
    allowsDuplicate: false,
    relayedOrigin: null,
    silentLosses: 0,
    trouble: { failures: 0, refusals: 0 },
    ...known,
  };
}

/** Moves an upload to what OneDrive has; whatever went wrong before is forgotten when that is more than before. */
export function noteStored(upload: Upload, offset: number): void {
  if (offset > upload.stored) upload.trouble = { failures: 0, refusals: 0 };
  upload.stored = offset;
}

/** All in milliseconds. */
export interface UploadTimings {
  /** First and longest pause after a failure. */
  backoffMinMs: number;
  backoffMaxMs: number;
  /** First pause when OneDrive throttles; its own wish cannot be read across origins. */
  throttleMinMs: number;
  /** A connection without any progress for so long is dead. */
  stallMs: number;
  /** Least time between two reports to the server, and the longest: its lease ends after 45 s. */
  reportMs: number;
  heartbeatMs: number;
  /** How often to look whether another tab has stopped. */
  inUseMs: number;
  /** Least time between two updates of the page while bytes move. */
  refreshMs: number;
}

/** What the steps of an upload work with. */
export interface UploadContext {
  api: UploadApi;
  now(): number;
  random(): number;
  sendFragment: SendFragment;
  probeDirect: ProbeDirect;
  /** Upload hosts whose answers to fragments this tab could read. */
  readableOrigins: Set<string>;
  throttle: Throttle;
  looksLikeVideo(file: Blob): Promise<boolean>;
  createHasher: CreateFileHasher;
  /** Starts making the poster; one file at a time. Never rejects. */
  makePoster(upload: Upload): Promise<VideoPoster | null>;
  connectivity: Connectivity;
  slots: Slots;
  timings: UploadTimings;
  /** The length that suited this tab's connection last, bytes: the next upload begins with it. */
  line: { fragmentSize: number | null };
  /** Changes what the page sees. `soon`: it may hear of it a little later, together with other changes. */
  update(upload: Upload, patch: Partial<UploadState>, options?: { soon?: boolean }): void;
  /** Server sessions that belong to other uploads of this tab. */
  isTaken(sessionId: string, by: Upload): boolean;
  /** Takes off the list what was restored from the server for a session that this upload has just opened. */
  dropTwins(upload: Upload): void;
  /** An upload of this tab that waits for the file with this fingerprint and this size; removed from the list. */
  adoptWaiting(upload: Upload): UploadSession | null;
}

/** Rejects with the signal's reason as soon as it aborts; the work itself goes on unheard. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let leave = () => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  return await Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", leave));
}
