import { useQuery } from "@tanstack/react-query";
import { SearchField } from "../../../components/search-field.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { ProductFilters as Filters } from "../../../lib/query-keys.ts";
import { statusListOptions } from "../api/list-statuses.ts";

interface ProductFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** Search and status; the address keeps both, so that going back finds the same list. */
export function ProductFilters({ filters, onChange }: ProductFiltersProps) {
  const { data: statuses = [] } = useQuery(statusListOptions);
  return (
    <div role="search" className="mb-4 flex flex-wrap gap-2">
      <SearchField
        label="Search products"
        placeholder="Title, ASIN or brand"
        search={filters.search ?? ""}
        onSearch={(search) => onChange({ search: search || undefined })}
        className="basis-40 sm:max-w-sm"
      />
      <Select
        aria-label="Filter by status"
        className="w-40 sm:w-44"
        value={filters.statusId ?? ""}
        onChange={(event) => onChange({ statusId: event.target.value || undefined })}
      >
        <option value="">Every status</option>
        {statuses.map((status) => <option key={status.id} value={status.id}>{status.name}</option>)}
      </Select>
    </div>
  );
}
