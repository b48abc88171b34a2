/** So many keep the processes of the stack busy; with more, the database only opens more connections. */
const AT_ONCE = 8;

/** Works on every item, several at the same time, where none depends on another. Throws the first failure at the end. */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const item of waiting) await work(item);
  });
  for (const ended of await Promise.allSettled(workers)) {
    if (ended.status === "rejected") throw ended.reason;
  }
}
