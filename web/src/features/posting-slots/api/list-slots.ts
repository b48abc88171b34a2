import { queryOptions } from "@tanstack/react-query";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import type { Row } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** A time of the week; `local_time` is `HH:MM:SS` in the profile's zone, `weekday` 1 for Monday. */
export type Slot = Omit<Row<"posting_slots">, "platforms"> & { platforms: Platform[] | null };

/** The user's slots in the order of the week. */
export const slotsOptions = queryOptions({
  queryKey: queryKeys.slots.list,
  queryFn: async () =>
    unwrap(
      await supabase.from("posting_slots").select("*").order("weekday").order("local_time"),
    ) as Slot[],
});
