const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 60;

/** Counts calls by key over the last hour. */
export class UsageMeter {
  #minutes = new Map<string, Map<number, number>>();

  /** Counts one call at `now` (ms since 1970) and returns how many there were within the last hour. */
  count(key: string, now: number): number {
    const minute = Math.floor(now / MINUTE_MS);
    const counts = this.#minutes.get(key) ?? new Map<number, number>();
    this.#minutes.set(key, counts);
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
    let sum = 0;
    for (const [at, count] of counts) {
      if (at <= minute - WINDOW_MINUTES) counts.delete(at);
      else sum += count;
    }
    return sum;
  }

  clear(): void {
    this.#minutes.clear();
  }
}
