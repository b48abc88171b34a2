import type { AccountDeps } from "./deps.ts";

const MAX_PAGES = 50;

/** Removes stored objects whose user is gone, such as an upload that ended after its account did. */
export async function sweepObjects(
  deps: AccountDeps,
): Promise<{ removed: number }> {
  let removed = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const orphans = await deps.objects.listOrphans();
    const count = await deps.objects.remove(orphans);
    removed += count;
    if (count === 0) break;
  }
  return { removed };
}
