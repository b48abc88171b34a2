import { infiniteQueryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const PAGE_SIZE = 50;
const COLUMNS = "id,kind,title,body,link_path,read_at,created_at";
/** Something may happen while the page is open. */
const LOOKED_AT_MS = 30_000;

async function listNotices(before: string | undefined) {
  let query = supabase.from("notifications").select(COLUMNS);
  if (before) query = query.lt("id", before);
  return unwrap(await query.order("id", { ascending: false }).limit(PAGE_SIZE));
}

/** What the user is told. */
export type Notice = Awaited<ReturnType<typeof listNotices>>[number];

/** Notices, newest first, fifty at a time. */
export const noticeListOptions = infiniteQueryOptions({
  queryKey: queryKeys.notices.list,
  queryFn: ({ pageParam }) => listNotices(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.length < PAGE_SIZE ? undefined : page.at(-1)!.id,
  refetchInterval: LOOKED_AT_MS,
});
