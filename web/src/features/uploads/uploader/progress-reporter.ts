import type { UploadApi } from "./upload-api.ts";
import type { HashCheckpoint } from "./quick-xor-hash.ts";

export interface ProgressReporter {
  /** More is stored: the server hears of it within `everyMs`. `expiresAt`: when OneDrive forgets the session. */
  note(expiresAt?: string): void;
  /** Tells the server at once. `leaving`: the page is closing. */
  flush(options?: { leaving?: boolean }): void;
  /** No more reports. */
  stop(): void;
}

export interface ProgressReporterOptions {
  api: Pick<UploadApi, "progress">;
  sessionId: string;
  /** Bytes stored, and the newest hash state at or below that offset. Read when the report is sent. */
  read(): { offset: number; hash: HashCheckpoint | null };
  /** Least time between two reports, milliseconds. */
  everyMs: number;
  /** The lease is extended this often even when nothing new is stored, milliseconds. */
  heartbeatMs: number;
  /** Called with what the server did not accept; a report that got lost does not matter, the next one follows. */
  onRefused(error: unknown): void;
}

/** Tells the server how far an upload is: it keeps offset and hash state and holds the lease for this tab. */
export function createProgressReporter(options: ProgressReporterOptions): ProgressReporter {
  const { api, sessionId, read, everyMs, heartbeatMs, onRefused } = options;
  let expiresAt: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isDirty = false;
  let isStopped = false;
  let lastSentAt = Date.now();

  /** What is due goes out at once: timers of a hidden tab may be a minute late. */
  function schedule(): void {
    clearTimeout(timer);
    if (isStopped) return;
    const dueMs = isDirty ? lastSentAt + everyMs - Date.now() : heartbeatMs;
    if (dueMs <= 0) void send(false);
    else timer = setTimeout(() => void send(false), dueMs);
  }

  async function send(leaving: boolean): Promise<void> {
    if (isBusy && !leaving) return;
    const { offset, hash } = read();
    isBusy = true;
    isDirty = false;
    lastSentAt = Date.now();
    try {
      const body = { next_offset: offset, expires_at: expiresAt, ...(hash && { hash: { ...hash } }) };
      await api.progress(sessionId, body, { leaving });
    } catch (error) {
      if (!isStopped) onRefused(error);
    } finally {
      isBusy = false;
      schedule();
    }
  }

  schedule();
  return {
    note(newExpiry) {
      expiresAt = newExpiry ?? expiresAt;
      isDirty = true;
      if (!isBusy) schedule();
    },
    flush: ({ leaving = false } = {}) => void send(leaving),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
