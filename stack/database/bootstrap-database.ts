import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getAuthSchemaSql } from "@supabase/lite";
import type postgres from "postgres";
import type { StackSecrets } from "../secrets.ts";
import type { StackSettings } from "../settings.ts";
import { rolePassword } from "./connection-urls.ts";
import { installExtensions } from "./install-extensions.ts";

/** Folder with the SQL files of the bootstrap and, below it, the extension stand-ins. */
export const BOOTSTRAP_DIR = join(dirname(dirname(fileURLToPath(import.meta.url))), "bootstrap");

/** Serializes bootstraps of stacks that share one server; an arbitrary number. */
const BOOTSTRAP_LOCK = 5432101;

/**
 * Makes a plain database look like a hosted project: roles, schemas, grants, auth, storage, cron, net, vault.
 * Runs as superuser at every start and changes nothing that is already there.
 */
export async function bootstrapDatabase(
  sql: postgres.Sql,
  settings: StackSettings,
  secrets: StackSecrets,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${BOOTSTRAP_LOCK})`;
    await runFile(tx, join(BOOTSTRAP_DIR, "010_roles.sql"));
    await setPasswords(tx, settings, secrets);
    await runFile(tx, join(BOOTSTRAP_DIR, "020_schemas.sql"));
    await tx.unsafe(getAuthSchemaSql(true));
    await runFile(tx, join(BOOTSTRAP_DIR, "030_auth.sql"));
    await installExtensions(tx, {
      scriptsDir: join(BOOTSTRAP_DIR, "extensions"),
      vaultKey: secrets.vaultKey,
      isOwnServer: settings.externalDbUrl === null,
    });
    await runFile(tx, join(BOOTSTRAP_DIR, "050_extension_grants.sql"));
    await runFile(tx, join(settings.repoDir, "stack", "storage", "bootstrap.sql"));
    await runFile(tx, join(BOOTSTRAP_DIR, "090_data_api.sql"));
  });
}

async function runFile(tx: postgres.TransactionSql, path: string): Promise<void> {
  try {
    await tx.unsafe(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function setPasswords(
  tx: postgres.TransactionSql,
  settings: StackSettings,
  secrets: StackSecrets,
): Promise<void> {
  const superuser = (await tx<{ name: string }[]>`select current_user as name`)[0]!.name;
  for (
    const role of ["postgres", "authenticator", "supabase_auth_admin", "supabase_storage_admin"] as const
  ) {
    // A `postgres` that is somebody else's superuser keeps its password.
    const [foreign] = await tx`select from pg_roles where rolname = ${role} and rolsuper`;
    if (role === superuser || foreign) continue;
    await tx.unsafe(`alter role ${role} password '${rolePassword(role, settings, secrets)}'`);
  }
}
