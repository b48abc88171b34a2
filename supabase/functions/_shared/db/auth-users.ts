import { createClient } from "@supabase/supabase-js";
import { AppError } from "../core/app-error.ts";
import type { PlatformEnv } from "../core/env.ts";
import type { DatabaseClients } from "./clients.ts";

type AuthEnv = Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_PUBLISHABLE_KEYS">;

interface AuthFailure {
  name?: string;
  status?: number;
  code?: string;
  message: string;
}

/** The person behind a token, as the auth server knows them. Times are RFC 3339. */
export interface AuthUser {
  id: string;
  email: string | null;
  createdAt: string;
  lastSignInAt: string | null;
  metadata: Record<string, unknown>;
  providers: string[];
}

export type AuthUsers = ReturnType<typeof createAuthUsers>;

/** What the product asks the auth server itself. */
export function createAuthUsers(
  env: AuthEnv,
  { admin }: Pick<DatabaseClients, "admin">,
  doFetch: typeof fetch = fetch,
) {
  return {
    /** Throws invalid_credentials when the user is gone or the session was ended, whatever the token says. */
    async findByToken(token: string): Promise<AuthUser> {
      const { data, error } = await admin.auth.getUser(token);
      if (error) throw translate(error);
      const { user } = data;
      return {
        id: user.id,
        email: user.email || null,
        createdAt: user.created_at,
        lastSignInAt: user.last_sign_in_at ?? null,
        metadata: user.user_metadata,
        providers: (user.identities ?? []).map(({ provider }) => provider),
      };
    },

    /** Whether this is the account's password. The session it opens is closed at once. */
    async hasPassword(email: string, password: string): Promise<boolean> {
      const client = createClient(
        env.SUPABASE_URL,
        env.SUPABASE_PUBLISHABLE_KEYS.default,
        {
          auth: {
            persistSession: false,
            autoRefreshToken: false,
            detectSessionInUrl: false,
          },
          global: { fetch: doFetch },
        },
      );
      const { error } = await client.auth.signInWithPassword({
        email,
        password,
      });
      if (error?.code === "invalid_credentials") return false;
      if (error) throw translate(error);
      await client.auth.signOut({ scope: "local" });
      return true;
    },

    /** Deletes a user; the rows that belong to them go by their foreign keys. One who is gone is fine. */
    async remove(userId: string): Promise<void> {
      const { error } = await admin.auth.admin.deleteUser(userId);
      if (error && error.code !== "user_not_found") throw translate(error);
    },
  };
}

function translate(error: AuthFailure): AppError {
  // auth-js puts an ended session (403 session_not_found) as an error of its own, with status 400.
  const isRefused = error.status === 401 || error.status === 403 || error.name === "AuthSessionMissingError";
  if (isRefused) return new AppError("invalid_credentials", { cause: error });
  if (error.status === 429) return new AppError("rate_limited", { cause: error, retryAfterSeconds: 60 });
  return new AppError("temporarily_unavailable", { cause: error });
}
