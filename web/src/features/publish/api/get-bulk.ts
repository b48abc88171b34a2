import { queryOptions } from "@tanstack/react-query";
import { type Bulk, bulkSchema } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { pollDelay } from "../rules/poll-delay.ts";
import { readQuietTime } from "./read-quiet-time.ts";

const MAKING_MS = 1_000;

/** A bulk with all its videos; asked for again while something moves. */
export const bulkOptions = (id: string) =>
  queryOptions({
    queryKey: queryKeys.bulks.detail(id),
    queryFn: ({ signal }) => callFunction(`publish/bulks/${id}`, bulkSchema, { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => data ? delayOf(data) : false,
  });

function delayOf(bulk: Bulk): number | false {
  if (bulk.status === "making") return MAKING_MS;
  const targets = bulk.items.flatMap((item) => item.targets).map((target) => ({ ...target, retry_at: null }));
  return pollDelay(targets, readQuietTime(bulk));
}
