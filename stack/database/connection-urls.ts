import { createHmac } from "node:crypto";
import type { StackSecrets } from "../secrets.ts";
import { HOST } from "../settings.ts";
import type { StackSettings } from "../settings.ts";

/** Roles the stack logs in as. Their passwords are set by the bootstrap. */
export type LoginRole =
  | "supabase_admin"
  | "postgres"
  | "authenticator"
  | "supabase_auth_admin"
  | "supabase_storage_admin";

/** The embedded superuser; on a server given by STACK_DB_URL it is the user of that URL. */
export const SUPERUSER = "supabase_admin";

/** URL with which `role` logs in to the stack's database. */
export function connectionUrl(role: LoginRole, settings: StackSettings, secrets: StackSecrets): string {
  if (settings.externalDbUrl) {
    const url = new URL(settings.externalDbUrl);
    if (role === SUPERUSER || role === decodeURIComponent(url.username)) return settings.externalDbUrl;
    url.username = role;
    url.password = rolePassword(role, settings, secrets);
    return url.href;
  }
  return `postgresql://${role}:${rolePassword(role, settings, secrets)}@${HOST}:${settings.dbPort}/postgres`;
}

/**
 * `postgres` has the password `postgres`, as in the Supabase CLI: the server listens on loopback only. The
 * others derive from a secret; on a shared server from the superuser's password, so that several stacks on
 * one server agree (roles belong to the server, not to the database).
 */
export function rolePassword(role: LoginRole, settings: StackSettings, secrets: StackSecrets): string {
  if (role === "postgres") return "postgres";
  const key = settings.externalDbUrl ? new URL(settings.externalDbUrl).password : secrets.rolePasswordKey;
  return createHmac("sha256", `cliprelay:${key}`).update(role).digest("hex");
}
