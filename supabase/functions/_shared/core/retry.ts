import { type Sleep, systemSleep } from "./clock.ts";

export interface RetryOptions {
  /** Calls in total, the first one included. */
  attempts: number;
  baseMs: number;
  /** Longest single pause; a longer wish of the service ends the retries. */
  capMs: number;
  isRetryable: (error: unknown) => boolean;
  /** Pause the service asked for, in milliseconds. */
  askedPauseMs?: (error: unknown) => number | undefined;
  sleep?: Sleep;
  random?: () => number;
}

/** Runs `call` until it succeeds, with exponential pauses and jitter. Throws the last error. */
export async function retry<Result>(call: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { sleep = systemSleep, random = Math.random } = options;
  for (let attempt = 1;; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= options.attempts || !options.isRetryable(error)) throw error;
      const backOff = options.baseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
      const pause = Math.max(backOff, options.askedPauseMs?.(error) ?? 0);
      if (pause > options.capMs) throw error;
      await sleep(pause);
    }
  }
}
