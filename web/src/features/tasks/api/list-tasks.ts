import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { taskListSchema } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys, type TaskFilters } from "../../../lib/query-keys.ts";

/** Tasks grouped by their video, page by page. */
export const taskListOptions = (filters: TaskFilters) =>
  infiniteQueryOptions({
    queryKey: queryKeys.tasks.list(filters),
    queryFn: ({ pageParam, signal }) =>
      callFunction("tasks/influencer-tasks", taskListSchema, {
        query: {
          marketplace: filters.marketplace,
          status: filters.status,
          product_id: filters.productId,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
