import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Nobody counts further. */
const COUNTED = 100;
/** News come while their user is somewhere else in the app. */
const LOOKED_AT_MS = 30_000;

async function countUnread(): Promise<number> {
  return unwrap(await supabase.from("notifications").select("id").is("read_at", null).limit(COUNTED)).length;
}

/** How many notices are unread; 100 stands for any more. */
export const unreadCountOptions = queryOptions({
  queryKey: queryKeys.notices.unread,
  queryFn: countUnread,
  refetchInterval: LOOKED_AT_MS,
});
