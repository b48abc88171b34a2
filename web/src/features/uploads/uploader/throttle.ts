/** The pause OneDrive asked for. It holds for all uploads of the tab: they go to one account. */
export interface Throttle {
  /** Nothing is sent for the next `ms` milliseconds. */
  note(ms: number): void;
  /** What is left of the pause, milliseconds; 0 when there is none. */
  leftMs(): number;
}

export function createThrottle(now: () => number): Throttle {
  let until = 0;
  return {
    note: (ms) => void (until = Math.max(until, now() + ms)),
    leftMs: () => Math.max(0, until - now()),
  };
}
