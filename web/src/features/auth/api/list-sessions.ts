import { queryOptions } from "@tanstack/react-query";
import type { Database } from "../../../../../supabase/functions/_shared/db/database.types.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

type SessionColumns = Database["public"]["Functions"]["list_own_sessions"]["Returns"][number];

/** A place the account is signed in at. */
export type AccountSession = Omit<SessionColumns, "user_agent" | "ip"> & {
  user_agent: string | null;
  ip: string | null;
};

async function listSessions(): Promise<AccountSession[]> {
  return unwrap(await supabase.rpc("list_own_sessions"));
}

/** Where the user is signed in: this device first, then the one seen last. */
export const sessionsOptions = queryOptions({
  queryKey: queryKeys.sessions,
  queryFn: listSessions,
  staleTime: 30_000,
});
