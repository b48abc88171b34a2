import type {
  Task,
  TaskList,
  TaskStatus,
} from "../../../../../supabase/functions/_shared/contracts/tasks.ts";

/**
 * A list of tasks as it will look once a task has its new status: the task changes or, where the list shows one
 * status only, leaves it, and the counts follow. The list itself is returned when the task is not in it.
 */
export function applyTaskStatus(
  list: TaskList,
  shownStatus: string | undefined,
  change: { id: string; status: TaskStatus; now: string },
): TaskList {
  const task = list.groups.flatMap((group) => group.tasks).find(({ id }) => id === change.id);
  if (!task || task.status === change.status) return list;

  const changed: Task = {
    ...task,
    status: change.status,
    completed_at: change.status === "completed" ? change.now : null,
  };
  const stays = !shownStatus || shownStatus === change.status;
  const groups = list.groups
    .map((group) => ({
      ...group,
      tasks: group.tasks.flatMap((each) => each.id !== change.id ? [each] : stays ? [changed] : []),
    }))
    .filter((group) => group.tasks.length > 0);
  return {
    ...list,
    groups,
    counts: {
      ...list.counts,
      [task.status]: list.counts[task.status] - 1,
      [change.status]: list.counts[change.status] + 1,
    },
  };
}
