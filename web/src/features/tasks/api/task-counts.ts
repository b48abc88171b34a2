import { queryOptions } from "@tanstack/react-query";
import { taskListSchema } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** How many tasks there are, for the navigation and the start page. */
export const taskCountsOptions = queryOptions({
  queryKey: queryKeys.tasks.counts,
  queryFn: async ({ signal }) => {
    const query = { status: "pending", limit: "1" };
    return (await callFunction("tasks/influencer-tasks", taskListSchema, { query, signal })).counts;
  },
  staleTime: 30_000,
});
