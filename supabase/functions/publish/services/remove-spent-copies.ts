import type { PublishDeps } from "./deps.ts";

const BATCH = 50;
const MAX_BATCHES = 10;

/**
 * Removes staged copies and converted files nobody fetches any more, object first, then row, and covers no post needs.
 * Returns how many.
 */
export async function removeSpentCopies({
  covers,
  stagedCopies,
  variants,
}: Pick<PublishDeps, "covers" | "stagedCopies" | "variants">) {
  const copies = await removeAll(
    async () =>
      (await stagedCopies.takeSpent(BATCH)).map(({ postId, objectPath }) => ({ id: postId, objectPath })),
    (paths) => stagedCopies.remove(paths),
    (id) => stagedCopies.forget(id),
  );
  const converted = await removeAll(
    async () => (await variants.takeSpent(BATCH)).map((objectPath) => ({ id: objectPath, objectPath })),
    (paths) => stagedCopies.remove(paths),
    (objectPath) => variants.forget(objectPath),
  );
  const unused = await removeAll(
    async () => (await covers.listSpent(BATCH)).map((objectPath) => ({ id: objectPath, objectPath })),
    (paths) => covers.remove(paths),
    // The object is all there is of a cover.
    () => Promise.resolve(),
  );
  return { removed: copies + converted + unused };
}

async function removeAll(
  take: () => Promise<{ id: string; objectPath: string }[]>,
  removeObjects: (paths: string[]) => Promise<void>,
  forget: (id: string) => Promise<void>,
): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const spent = await take();
    if (spent.length === 0) break;
    await removeObjects(spent.map(({ objectPath }) => objectPath));
    for (const { id } of spent) await forget(id);
    removed += spent.length;
  }
  return removed;
}
