import { ApiFailure } from "../../../lib/api-failure.ts";
import { supabase } from "../../../lib/supabase.ts";

/** The folder of a new cover in its bucket, below the user's own. */
export async function openCoverFolder(): Promise<string> {
  const { data } = await supabase.auth.getSession();
  if (!data.session) throw new ApiFailure("session_expired", "Your session has ended. Sign in again.", 401);
  return `${data.session.user.id}/${crypto.randomUUID()}`;
}
