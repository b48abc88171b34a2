import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { toast } from "sonner";
import type { Task, TaskStatus } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { ShowMore } from "../../../components/show-more.tsx";
import type { TaskFilters } from "../../../lib/query-keys.ts";
import { taskListOptions } from "../api/list-tasks.ts";
import { useUpdateTask } from "../api/update-task.ts";
import { mergeGroups } from "../api/merge-groups.ts";
import { TaskGroup } from "./task-group.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { TaskGroupsSkeleton } from "./task-groups-skeleton.tsx";

const DONE: Record<TaskStatus, string> = { pending: "Reopened", completed: "Completed", skipped: "Skipped" };

interface TaskGroupsProps {
  filters: TaskFilters;
  renderPlace?: (productId: string) => ReactNode;
  /** Shows this many tasks of a group, the rest on demand; all where it is absent. */
  shownPerGroup?: number;
  /** Shown when the filters leave nothing. */
  empty: ReactNode;
}

/** Tasks in their groups, with undo after every move. */
export function TaskGroups({ filters, renderPlace, shownPerGroup, empty }: TaskGroupsProps) {
  const tasks = useInfiniteQuery({
    ...taskListOptions(filters),
    throwOnError: (_e, query) => !query.state.data,
  });
  const update = useUpdateTask();
  const listRef = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(listRef);
  if (!tasks.data) return <TaskGroupsSkeleton />;

  const move = (task: Task, status: TaskStatus) => {
    const previous = task.status;
    keepFocus(task.id, status);
    update.mutate({ id: task.id, status }, {
      onSuccess: () =>
        toast.success(`${DONE[status]} ${task.asin} in ${task.marketplace}`, {
          id: `task-${task.id}`,
          action: { label: "Undo", onClick: () => undo(task, previous, status) },
        }),
    });
  };
  // Only the moves the database allows: a skipped or completed task goes back over pending.
  const undo = (task: Task, previous: TaskStatus, current: TaskStatus) =>
    current === "pending"
      ? update.mutate({ id: task.id, status: previous })
      : update.mutate({ id: task.id, status: "pending" });

  const groups = mergeGroups(tasks.data.pages);
  return (
    <div ref={listRef} tabIndex={-1} className="grid gap-4 outline-none" aria-busy={tasks.isPlaceholderData}>
      {groups.length === 0 && empty}
      {groups.map((group) => {
        const productId = group.tasks[0]?.product_id;
        return (
          <TaskGroup
            key={group.video?.id ?? `no-video-${productId}`}
            group={group}
            place={productId && renderPlace?.(productId)}
            shownCount={shownPerGroup}
            onMove={move}
          />
        );
      })}
      <ShowMore list={tasks} />
    </div>
  );
}
