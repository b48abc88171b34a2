import { join } from "node:path";
import type postgres from "postgres";

/** Extensions of a hosted project that no plain Postgres has, and the schema their objects live in. */
const EXTENSIONS = [
  { name: "pg_cron", schema: "cron", clause: "" },
  // Hosted, pg_net belongs to `extensions`; without the clause it would count as an extension in `public`.
  { name: "pg_net", schema: "net", clause: "schema extensions" },
  { name: "supabase_vault", schema: "vault", clause: "" },
] as const;

export interface ExtensionOptions {
  /** Folder with the control files and scripts of the stand-ins. */
  readonly scriptsDir: string;
  /** Key of the Vault stand-in, for a server that has no key file of ours. */
  readonly vaultKey: string;
  readonly isOwnServer: boolean;
}

/**
 * Installs pg_cron, pg_net and Vault: the real ones where the server offers them, else our stand-ins. The
 * embedded server offers the stand-ins as extensions of the same names; a server that is not ours gets their
 * objects without an entry in pg_extension.
 */
export async function installExtensions(
  tx: postgres.TransactionSql,
  { scriptsDir, vaultKey, isOwnServer }: ExtensionOptions,
): Promise<void> {
  for (const { name, schema, clause } of EXTENSIONS) {
    const [present] = await tx`
      select from pg_extension where extname = ${name}
      union all select from pg_namespace where nspname = ${schema}`;
    if (present || await createExtension(tx, `${name} ${clause}`, isOwnServer)) continue;
    await runScript(tx, scriptsDir, name);
  }
  const [localKey] = await tx<{ needed: boolean }[]>`
    select to_regclass('vault._local_key') is not null as needed`;
  if (localKey?.needed) await storeLocalKey(tx, vaultKey);
}

async function createExtension(
  tx: postgres.TransactionSql,
  extension: string,
  isOwnServer: boolean,
): Promise<boolean> {
  const [offered] = await tx`select from pg_available_extensions where name = ${extension.split(" ")[0]!}`;
  if (!offered) return false;
  try {
    await tx.savepoint((nested) => nested.unsafe(`create extension ${extension} cascade`));
    return true;
  } catch (error) {
    if (isOwnServer) throw error;
    // For example pg_cron without shared_preload_libraries: the stand-in takes its place.
    return false;
  }
}

/** Does what `create extension` would do with the stand-in's files, if the server had them. */
async function runScript(tx: postgres.TransactionSql, scriptsDir: string, name: string): Promise<void> {
  const control = await Deno.readTextFile(join(scriptsDir, `${name}.control`));
  const version = /^default_version = '(.*)'$/m.exec(control)![1];
  const schema = /^schema = (.*)$/m.exec(control)?.[1];
  if (schema && schema !== "pg_catalog") await tx.unsafe(`create schema if not exists ${schema}`);
  await tx.unsafe(await Deno.readTextFile(join(scriptsDir, `${name}--${version}.sql`)));
}

/** Only where the server's directory has no key file of ours. */
async function storeLocalKey(tx: postgres.TransactionSql, vaultKey: string): Promise<void> {
  await tx`
    insert into vault._local_key (key)
    select ${vaultKey}
    where pg_read_file('vault.key', 0, 1, true) is null
      and not exists (select from vault._local_key)`;
}
