const COLLECTING_MS = 15;

type Waiting = { resolve: (value: string | null) => void; reject: (error: unknown) => void };

/**
 * Returns a question about one key. All of one paint are put to `ask` together, at most `maxPerCall` at a time; null
 * for what its answer leaves out, and its error for everyone who waits for that call.
 */
export function createBatch(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, string | null>>,
  maxPerCall = Infinity,
): (key: string) => Promise<string | null> {
  let batch = new Map<string, Waiting[]>();

  function askAll(): void {
    const current = [...batch];
    batch = new Map();
    for (let start = 0; start < current.length; start += maxPerCall) {
      void answer(current.slice(start, start + maxPerCall));
    }
  }

  async function answer(part: readonly [string, Waiting[]][]): Promise<void> {
    try {
      const values = await ask(part.map(([key]) => key));
      for (const [key, waiting] of part) {
        for (const { resolve } of waiting) resolve(values.get(key) ?? null);
      }
    } catch (error) {
      for (const { reject } of part.flatMap(([, waiting]) => waiting)) reject(error);
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      if (batch.size === 0) setTimeout(askAll, COLLECTING_MS);
      batch.set(key, [...(batch.get(key) ?? []), { resolve, reject }]);
    });
}
