import type {
  CompleteUploadRequest,
  UploadProgressRequest,
  UploadSession,
  UploadUrlRequest,
  UploadVerifying,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";

/** What the uploader asks of the server. Every method rejects with UploadApiError. */
export interface UploadApi {
  /** Opens a session and gives the address for the bytes. */
  create(request: UploadUrlRequest): Promise<UploadSession>;
  /** Where to go on, as OneDrive sees it; takes the uploader's lease, from another tab too with `takeOver`. */
  get(id: string, options?: { takeOver?: boolean }): Promise<UploadSession>;
  /** The user's unfinished uploads. */
  list(): Promise<UploadSession[]>;
  /** Keeps offset and hash state and extends the lease. `leaving`: the page is closing, send it regardless. */
  progress(id: string, body: UploadProgressRequest, options?: { leaving?: boolean }): Promise<void>;
  /** A new session for the same upload, from byte zero. */
  restart(id: string): Promise<UploadSession>;
  /** The video, or when to ask again because OneDrive has not computed its hash yet. */
  complete(id: string, body: CompleteUploadRequest): Promise<Video | UploadVerifying>;
  /**
   * Null when nothing stays in OneDrive; else the path of a file that may not be this upload's.
   * @param itemId the finished file, when its id is known
   */
  cancel(id: string, itemId: string | null): Promise<string | null>;
  /** Address and headers for a fragment that goes through our server. Never rejects. */
  relay(id: string): Promise<{ url: string; headers: Record<string, string> }>;
}

/** A call of the UploadApi that did not work out. */
export class UploadApiError extends Error {
  override readonly name = "UploadApiError";
  /**
   * @param status HTTP status; 0 when no answer came
   * @param retryAfterMs how long the server asks us to wait; null when it does not say
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}
