import { type Clock, type Sleep, systemClock, systemSleep } from "../../core/clock.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER } from "./error-answer.ts";

/** A pause up to this long is waited for; a longer one refuses the call. */
const LONGEST_WAIT_MS = 5_000;
const MAX_ACCOUNTS = 1_000;

interface ThrottleGateDeps {
  clock?: Clock;
  sleep?: Sleep;
}

/**
 * Keeps the pauses OneDrive asked for, by access token: after a Retry-After no other call of that account goes out
 * either, since refused calls count too and lead to longer blocks. The database keeps them for other processes.
 */
export function createThrottleGate({ clock = systemClock, sleep = systemSleep }: ThrottleGateDeps) {
  const pausedUntil = new Map<string, number>();

  return {
    /** Waits a short pause out. A longer one is a ProviderApiError 429 with the seconds that are left. */
    async pass(token: string): Promise<void> {
      const until = pausedUntil.get(token);
      if (until === undefined) return;
      const leftMs = until - clock().getTime();
      if (leftMs > LONGEST_WAIT_MS) {
        throw new ProviderApiError(PROVIDER, 429, "paused", Math.ceil(leftMs / 1000));
      }
      pausedUntil.delete(token);
      if (leftMs > 0) await sleep(leftMs);
    },

    /** Remembers the pause of a throttled answer (429, or 503 with Retry-After). */
    note(token: string, error: unknown): void {
      const seconds = readPause(error);
      if (seconds === null) return;
      if (pausedUntil.size >= MAX_ACCOUNTS) pausedUntil.delete(pausedUntil.keys().next().value!);
      const until = clock().getTime() + seconds * 1000;
      pausedUntil.set(token, Math.max(until, pausedUntil.get(token) ?? 0));
    },
  };
}

/** Seconds a failed answer asks to wait before any other call of the account; null when it asks for none. */
export function readPause(error: unknown): number | null {
  if (!(error instanceof ProviderApiError) || (error.status !== 429 && error.status !== 503)) return null;
  return error.retryAfterSeconds !== undefined && error.retryAfterSeconds > 0
    ? error.retryAfterSeconds
    : null;
}
