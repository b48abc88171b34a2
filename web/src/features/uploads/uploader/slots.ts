export interface Slots {
  /** Waits for a free slot, first come first served; rejects when `signal` aborts. Call the result to give it back. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** Limits how many files are sent at once. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }

  return {
    take(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const grant = () => {
          signal.removeEventListener("abort", leave);
          let isHeld = true;
          resolve(() => {
            if (isHeld) release();
            isHeld = false;
          });
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(grant), 1);
          reject(signal.reason);
        };
        if (free > 0) {
          free--;
          return grant();
        }
        waiting.push(grant);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
  };
}
