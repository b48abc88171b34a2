import { queryOptions } from "@tanstack/react-query";
import { bulkSummarySchema } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const OPEN_MS = 10_000;

/** The latest bulks, newest first. */
export const bulkListOptions = queryOptions({
  queryKey: queryKeys.bulks.list,
  queryFn: async () => bulkSummarySchema.array().parse(unwrap(await supabase.rpc("list_bulks", {}))),
  refetchInterval: ({ state: { data } }) =>
    data?.some(({ status }) => status === "making" || status === "running") ? OPEN_MS : false,
});
