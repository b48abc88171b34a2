/**
 * Runs tasks with the same key one after the other. Two sign-ups of one address at the same moment would both find it
 * free, and the second fail on the unique index instead of hearing that the account exists.
 */
export function createRunInTurn(): <T>(key: string | null, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    if (key === null) return await task();
    const before = tails.get(key) ?? Promise.resolve();
    const current = before.then(task, task);
    const tail = current.then(() => {}, () => {});
    tails.set(key, tail);
    try {
      return await current;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
