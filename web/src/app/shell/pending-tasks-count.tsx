import { useQuery } from "@tanstack/react-query";
import { cn } from "../../lib/cn.ts";
import { taskCountsOptions } from "../../features/tasks/api/task-counts.ts";

/** How many tasks wait, beside the word "Tasks". */
export function PendingTasksCount({ className }: { className?: string }) {
  const { data } = useQuery(taskCountsOptions);
  if (!data || data.pending === 0) return null;
  return (
    <span
      className={cn(
        "tabular min-w-5 rounded-full bg-spark px-1.5 text-center text-2xs/5 font-[650] text-on-spark",
        className,
      )}
    >
      {data.pending > 999 ? "999+" : data.pending}
      <span className="sr-only">{" "}pending</span>
    </span>
  );
}
