import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Signs another device out: one, or with null all but this one. */
async function endSession(sessionId: string | null): Promise<void> {
  assertWritten(
    sessionId === null
      ? await supabase.rpc("end_other_sessions")
      : await supabase.rpc("end_own_session", { p_session_id: sessionId }),
  );
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: endSession,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}
