import type { Exchange } from "./exchange.ts";

/** Lets one request at a time write to an upload; `id` names the upload. */
export function createTurns() {
  const busy = new Map<string, { exchange: Exchange; done: Promise<void> }>();

  /** Waits for a request whose sender has gone; one that still arrives is left alone and `false` comes back. */
  async function waitUntilFree(id: string): Promise<boolean> {
    const holder = busy.get(id);
    if (holder === undefined) return true;
    if (!holder.exchange.isGone) return false;
    await holder.done;
    return await waitUntilFree(id);
  }

  /** Keeps the turn until `work` has ended. */
  async function hold(id: string, exchange: Exchange, work: Promise<void>): Promise<void> {
    busy.set(id, { exchange, done: work.catch(() => {}) });
    try {
      await work;
    } finally {
      busy.delete(id);
    }
  }

  return { isBusy: (id: string) => busy.has(id), waitUntilFree, hold };
}
