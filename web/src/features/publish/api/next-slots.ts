import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const freeSlotsSchema = z.array(
  z.object({
    connection_id: z.uuid(),
    slots: z.array(
      z.object({ at: z.string().nullable(), local_at: z.string(), note: z.string().nullable() }),
    ),
  }),
);

/** The next posting slots that are free on some accounts. */
export const nextSlotsOptions = (connectionIds: readonly string[], count: number) =>
  queryOptions({
    queryKey: queryKeys.slots.next(connectionIds, count),
    queryFn: async () =>
      freeSlotsSchema.parse(
        unwrap(
          await supabase.rpc("next_posting_slots", { p_connection_ids: [...connectionIds], p_count: count }),
        ),
      ),
    staleTime: 30_000,
  });
