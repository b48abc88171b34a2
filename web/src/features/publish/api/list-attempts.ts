import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const SHOWN = 30;

/** What was tried for a post on one account and did not go straight on, newest first. */
export const attemptsOptions = (targetId: string) =>
  queryOptions({
    queryKey: queryKeys.posts.attempts(targetId),
    queryFn: async () =>
      unwrap(
        await supabase
          .from("publish_attempts")
          .select("id,step,outcome,error_message,provider_reference,created_at")
          .eq("target_id", targetId)
          .order("id", { ascending: false })
          .limit(SHOWN),
      ),
  });
