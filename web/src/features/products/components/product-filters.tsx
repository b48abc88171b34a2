import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { ProductFilters as Filters } from "../../../lib/query-keys.ts";
import { useDebounced } from "../../../lib/use-debounced.ts";
import { statusListOptions } from "../api/list-statuses.ts";

interface ProductFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** Search and status; the address keeps both, so that going back finds the same list. */
export function ProductFilters({ filters, onChange }: ProductFiltersProps) {
  const { data: statuses = [] } = useQuery(statusListOptions);
  const [text, setText] = useState(filters.search ?? "");
  const settled = useDebounced(text);

  const shown = filters.search ?? "";
  const lastShown = useRef(shown);

  useEffect(() => {
    if (settled === lastShown.current) return;
    lastShown.current = settled;
    onChange({ search: settled || undefined });
  }, [settled]);

  // The address changes from outside as well: going back, or showing all products again.
  useEffect(() => {
    if (shown === lastShown.current) return;
    lastShown.current = shown;
    setText(shown);
  }, [shown]);

  return (
    <div role="search" className="mb-4 flex flex-wrap gap-2">
      <span className="relative min-w-0 grow basis-40 sm:max-w-sm">
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint" />
        <Input
          type="search"
          aria-label="Search products"
          placeholder="Title, ASIN or brand"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="pl-9"
        />
      </span>
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
