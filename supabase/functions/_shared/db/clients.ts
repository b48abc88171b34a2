import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Database } from "./database.types.ts";
import type { PlatformEnv } from "../core/env.ts";

export type DatabaseClient = SupabaseClient<Database>;

export interface DatabaseClients {
  /** Sees and does what the signed-in caller may, under row level security. */
  asCaller(token: string): DatabaseClient;
  /** service_role: only for the thin functions over schema `private` and for internal jobs. */
  admin: DatabaseClient;
}

type ClientEnv = Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_PUBLISHABLE_KEYS" | "SUPABASE_SECRET_KEYS">;

/** Builds the two kinds of Data API clients. The caller's token never reaches the admin client. */
export function createDatabaseClients(env: ClientEnv, doFetch: typeof fetch = fetch): DatabaseClients {
  const global = { fetch: doFetch };
  // A function that waits for the database holds up its caller, who can repeat the request better.
  const db = { retry: false };
  return {
    asCaller: (token) =>
      createClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEYS.default, {
        accessToken: () => Promise.resolve(token),
        global,
        db,
      }),
    admin: createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SECRET_KEYS.default, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      global,
      db,
    }),
  };
}
