/** Knows whether the browser has a network, and wakes those who wait for it. */
export interface Connectivity {
  isOnline(): boolean;
  /**
   * Resolves after `ms`, at once when the network comes back, or when `wake` is called with the same key.
   * Rejects with the signal's reason when it aborts.
   */
  wait(key: string, ms: number, signal: AbortSignal): Promise<void>;
  wake(key: string): void;
  dispose(): void;
}

/** Watches the page's `online` events; where nothing tells, the network counts as there. */
export function createConnectivity(isOnline: () => boolean = isNavigatorOnline): Connectivity {
  const sleepers = new Map<string, () => void>();
  const wakeAll = () => sleepers.forEach((wake) => wake());
  globalThis.addEventListener("online", wakeAll);

  return {
    isOnline,
    wait(key, ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          sleepers.delete(key);
          if (signal.aborted) reject(signal.reason);
          else resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener("abort", end, { once: true });
        sleepers.set(key, end);
      });
    },
    wake: (key) => sleepers.get(key)?.(),
    dispose: () => globalThis.removeEventListener("online", wakeAll),
  };
}

function isNavigatorOnline(): boolean {
  return typeof navigator === "undefined" || navigator.onLine !== false;
}
