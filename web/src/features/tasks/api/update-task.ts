import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type TaskList,
  taskSchema,
  type TaskStatus,
} from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys, type TaskFilters } from "../../../lib/query-keys.ts";
import { applyTaskStatus } from "./apply-task-status.ts";

interface StatusChange {
  id: string;
  status: TaskStatus;
}

/** Moves a task to another status; lists show it at once and take it back when it is refused. */
export function useUpdateTask() {
  const client = useQueryClient();
  const lists = { queryKey: queryKeys.tasks.list({}).slice(0, 2) };
  return useMutation({
    mutationFn: ({ id, status }: StatusChange) =>
      callFunction(`tasks/influencer-tasks/${id}`, taskSchema, { method: "PATCH", body: { status } }),
    onMutate: async (change) => {
      await client.cancelQueries(lists);
      const before = client.getQueriesData<InfiniteData<TaskList>>(lists);
      const now = new Date().toISOString();
      for (const [key, data] of before) {
        const shown = (key[2] as TaskFilters).status;
        const pages = data?.pages.map((page) => applyTaskStatus(page, shown, { ...change, now }));
        if (data && pages) client.setQueryData(key, { ...data, pages });
      }
      return { before };
    },
    onError: (_error, _change, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
      void client.invalidateQueries({ queryKey: queryKeys.overview });
    },
  });
}
