import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import type { Row } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type Profile = Row<"profiles">;

async function getProfile(): Promise<Profile> {
  return unwrap(await supabase.from("profiles").select("*").single());
}

/** The user's preferences; row level security leaves exactly one row. */
export const profileOptions = queryOptions({
  queryKey: queryKeys.profile,
  queryFn: getProfile,
  staleTime: 5 * 60_000,
});
