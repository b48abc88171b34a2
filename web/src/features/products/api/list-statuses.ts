import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export interface ProductStatus {
  id: string;
  name: string;
  /** `#rrggbb`, chosen by the user. */
  color: string;
}

async function listStatuses(): Promise<ProductStatus[]> {
  return unwrap(await supabase.from("crm_statuses").select("id,name,color").order("position").order("id"));
}

/** The user's statuses in their order. They change rarely. */
export const statusListOptions = queryOptions({
  queryKey: queryKeys.statuses,
  queryFn: listStatuses,
  staleTime: 5 * 60_000,
});
