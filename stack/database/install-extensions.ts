import { join } from "node:path";
import type postgres from "postgres";

/** Extensions of a hosted project that no plain Postgres has, and the schema their objects live in. */
const EXTENSIONS = [
  { name: "pg_cron", schema: "cron" },
  { name: "pg_net", schema: "net" },
  { name: "supabase_vault", schema: "vault" },
] as const;

/**
 * Installs pg_cron, pg_net and Vault: the real ones where the server offers them, else our stand-ins. The
 * embedded server offers the stand-ins as extensions of the same names; a server that is not ours gets their
 * objects without an entry in pg_extension.
 */
export async function installExtensions(
  tx: postgres.TransactionSql,
  scriptsDir: string,
  vaultKey: string,
): Promise<void> {
  for (const { name, schema } of EXTENSIONS) {
    const [present] = await tx`
      select from pg_extension where extname = ${name}
      union all select from pg_namespace where nspname = ${schema}`;
    if (present || await createExtension(tx, name)) continue;
    const [script] = await Array.fromAsync(
      Deno.readDir(scriptsDir),
      (entry) => entry.name,
    ).then((names) => names.filter((file) => file.startsWith(`${name}--`)));
    await tx.unsafe(await Deno.readTextFile(join(scriptsDir, script!)));
  }
  const [localKey] = await tx<{ needed: boolean }[]>`
    select to_regclass('vault._local_key') is not null as needed`;
  if (localKey?.needed) await storeLocalKey(tx, vaultKey);
}

async function createExtension(tx: postgres.TransactionSql, name: string): Promise<boolean> {
  const [offered] = await tx`select from pg_available_extensions where name = ${name}`;
  if (!offered) return false;
  try {
    await tx.savepoint((nested) => nested.unsafe(`create extension ${name} cascade`));
    return true;
  } catch {
    // For example pg_cron without shared_preload_libraries: the stand-in takes its place.
    return false;
  }
}

/** Only where the server's directory has no key file of ours. */
async function storeLocalKey(tx: postgres.TransactionSql, vaultKey: string): Promise<void> {
  await tx`
    insert into vault._local_key (key)
    select ${vaultKey}
    where pg_read_file('vault.key', 0, 1, true) is null
      and not exists (select from vault._local_key)`;
}
