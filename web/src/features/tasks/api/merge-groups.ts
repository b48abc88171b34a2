import { MARKETPLACES } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import type { Task, TaskList } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";

type Group = TaskList["groups"][number];

/**
 * Joins the pages of a task list: a video whose tasks lie on two pages is shown once. Tasks without a video are
 * grouped by product.
 */
export function mergeGroups(pages: readonly TaskList[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { video, tasks } of pages.flatMap((page) => page.groups)) {
    for (const task of tasks) {
      const key = video?.id ?? `product:${task.product_id}`;
      const known = groups.get(key);
      if (!known) groups.set(key, { video, tasks: [task] });
      else if (!known.tasks.some(({ id }) => id === task.id)) known.tasks.push(task);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, tasks: group.tasks.toSorted(compareTasks) }));
}

/** The product's own tasks first, then ASIN by ASIN, each in the order of the marketplaces. */
function compareTasks(a: Task, b: Task): number {
  return Number(a.asin !== a.search_asin) - Number(b.asin !== b.search_asin) ||
    a.asin.localeCompare(b.asin) ||
    MARKETPLACES.indexOf(a.marketplace) - MARKETPLACES.indexOf(b.marketplace);
}
