import { useInfiniteQuery } from "@tanstack/react-query";
import { MARKETPLACES } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { Segments } from "../../../components/ui/segments.tsx";
import type { TaskFilters as Filters } from "../../../lib/query-keys.ts";
import { taskListOptions } from "../api/list-tasks.ts";

interface TaskFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** Which tasks are shown, with how many there are of each kind. */
export function TaskFilters({ filters, onChange }: TaskFiltersProps) {
  const counts = useInfiniteQuery(taskListOptions(filters)).data?.pages[0]?.counts;
  return (
    <div className="mb-5 flex flex-wrap gap-x-4 gap-y-2.5">
      <Segments
        label="Status"
        value={filters.status ?? "all"}
        onChange={(status) => onChange({ status: status === "all" ? undefined : status })}
        options={[
          { value: "pending", label: "Pending", note: counts?.pending },
          { value: "completed", label: "Completed", note: counts?.completed },
          { value: "skipped", label: "Skipped", note: counts?.skipped },
          { value: "all", label: "All" },
        ]}
      />
      <Segments
        label="Marketplace"
        value={filters.marketplace ?? "all"}
        onChange={(marketplace) => onChange({ marketplace: marketplace === "all" ? undefined : marketplace })}
        options={[
          { value: "all", label: "Everywhere" },
          ...MARKETPLACES.map((each) => ({
            value: each,
            label: each,
            note: counts && (counts.by_marketplace[each] ?? 0),
          })),
        ]}
      />
    </div>
  );
}
