const WINDOW_MS = 10_000;
const MIN_SPAN_MS = 500;

export interface SpeedMeter {
  /** Notes that `bytes` of the file have been sent at `now` (milliseconds). */
  note(bytes: number, now: number): void;
  /** Bytes per second over the last ten seconds; null until half a second is measured. */
  speed(now: number): number | null;
}

/** Measures an upload over a sliding window, so that the time left neither jumps nor lags behind. */
export function createSpeedMeter(): SpeedMeter {
  let samples: { bytes: number; at: number }[] = [];

  return {
    note(bytes, now) {
      const last = samples.at(-1);
      if (last && bytes < last.bytes) samples = [];
      const start = samples.findLastIndex(({ at }) => at <= now - WINDOW_MS);
      if (start > 0) samples.splice(0, start);
      samples.push({ bytes, at: now });
    },
    speed(now) {
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || now - first.at < MIN_SPAN_MS) return null;
      return (last.bytes - first.bytes) / (now - first.at) * 1000;
    },
  };
}

/** Whole seconds left; null while the speed is unknown or nothing moves. */
export function secondsLeft(bytesLeft: number, bytesPerSecond: number | null): number | null {
  return bytesPerSecond && bytesPerSecond > 0 ? Math.ceil(bytesLeft / bytesPerSecond) : null;
}
