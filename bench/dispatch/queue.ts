/** A queue under test. */
export interface Queue {
  readonly name: string;
  /** Makes it empty and puts `count` due jobs in. */
  fill(count: number): Promise<void>;
  /**
   * Claims and completes jobs, one at a time on each of `CONCURRENCY` connections, until none is left or `signal` ends
   * it; resolves to how many.
   */
  drain(signal: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

/** Jobs on their way at once, and connections, of every queue. */
export const CONCURRENCY = 10;

/** Runs `work` until it says that there is no job, on every connection; resolves to how many jobs it did. */
export async function drainBy(work: () => Promise<boolean>, signal: AbortSignal): Promise<number> {
  let done = 0;
  const loop = async () => {
    while (!signal.aborted && await work()) done++;
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
  return done;
}
