import { createClient } from "@supabase/supabase-js";
import type { Database } from "../../../supabase/functions/_shared/db/database.types.ts";
import { env } from "../config/env.ts";

/**
 * The one client of this tab. Its session lives in local storage. Answers of other providers arrive at
 * /connect/finish in the address as well; they are none of its business.
 */
export const supabase = createClient<Database>(env.supabaseUrl, env.publishableKey, {
  auth: { detectSessionInUrl: !globalThis.location.pathname.startsWith("/connect/") },
});
