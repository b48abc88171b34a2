import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

async function listPreferences() {
  return unwrap(
    await supabase.from("notification_preferences").select("kind_group,in_app,by_mail").order("kind_group"),
  );
}

/** Where the user is told what of one kind. */
export type NoticePreference = Awaited<ReturnType<typeof listPreferences>>[number];

export const preferencesOptions = queryOptions({
  queryKey: queryKeys.notices.preferences,
  queryFn: listPreferences,
});
