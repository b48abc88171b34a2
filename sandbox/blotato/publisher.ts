import { isForeignFile } from "../kit/foreign-file.ts";
import type { Kit } from "../kit/provider.ts";
import { readVideoFacts } from "../kit/video-facts.ts";
import { DownloadFailure, downloadMedia } from "./download-media.ts";
import type { BlotatoState } from "./state.ts";
import type { Submission } from "./submission.ts";
import type { BlotatoUser } from "./user.ts";

/** Rule: TikTok for Developers, Media Transfer Guide, video restrictions. */
const MIN_DURATION_MS = 3_000;
const MAX_DURATION_MS = 600_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Works on submissions in the background: waits for their time, fetches the media, gives TikTok the post. */
export class Publisher {
  #kit: Kit;
  #state: BlotatoState;
  #running = new Set<AbortController>();

  constructor(kit: Kit, state: BlotatoState) {
    this.#kit = kit;
    this.#state = state;
  }

  /** Begins; the outcome shows in the submission. */
  start(submission: Submission): void {
    const abort = new AbortController();
    this.#running.add(abort);
    void this.#run(submission, abort.signal).finally(() => this.#running.delete(abort));
  }

  /** Begins anew with what a restart interrupted. */
  resumeAll(): void {
    for (const submission of this.#state.submissions.values()) {
      if (submission.outcome === null) this.start(submission);
    }
  }

  abortAll(): void {
    for (const abort of this.#running) abort.abort();
  }

  async #run(submission: Submission, signal: AbortSignal): Promise<void> {
    try {
      if (submission.scheduledAt !== null) await pause(submission.scheduledAt - this.#kit.now(), signal);
      const objection = await this.#work(submission, signal);
      if (signal.aborted || !this.#state.submissions.has(submission.id)) return;
      const at = this.#kit.now();
      submission.outcome = objection === null
        ? { type: "published", postId: createPostId(), at }
        : { type: "failed", failureId: crypto.randomUUID(), errorMessage: objection, at };
      this.#kit.touch();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Resolves to why TikTok has no post; null when it has one. */
  async #work(submission: Submission, signal: AbortSignal): Promise<string | null> {
    const path = this.#kit.blobs.path(submission.blob);
    const user = this.#state.users().find(({ name }) => name === submission.user) as BlotatoUser;
    try {
      const media = await downloadMedia(submission.mediaUrls[0]!, path, user.maxMediaBytes, signal);
      Object.assign(submission, media);
    } catch (error) {
      if (error instanceof DownloadFailure) return error.message;
      throw error;
    }
    await pause(submission.processingMs, signal);
    return submission.forcedError ?? await inspect(path, submission.size);
  }
}

/** What TikTok has against a file; null for one it takes. Files nobody can read pass. */
async function inspect(path: string, size: number): Promise<string | null> {
  if (size === 0 || await isForeignFile(path)) return "Unsupported media type";
  const facts = await readVideoFacts(path);
  const isOdd = facts !== null && (facts.duration < MIN_DURATION_MS || facts.duration > MAX_DURATION_MS);
  return isOdd ? "TikTok error: duration_check_failed" : null;
}

/** An id of TikTok: 19 digits. */
function createPostId(): string {
  const digits = [...crypto.getRandomValues(new Uint8Array(17))].map((byte) => byte % 10).join("");
  return `75${digits}`;
}

/** Rejects when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS));
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
