import type postgres from "postgres";

/** Creates or updates Vault secrets by name, as `[db.vault]` of the Supabase CLI does. */
export async function syncVault(sql: postgres.Sql, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, secret] of Object.entries(secrets)) {
    const [stored] = await sql<{ id: string; secret: string | null }[]>`
      select id, decrypted_secret as secret from vault.decrypted_secrets where name = ${name}`;
    if (!stored) await sql`select vault.create_secret(${secret}, ${name})`;
    else if (stored.secret !== secret) await sql`select vault.update_secret(${stored.id}, ${secret})`;
  }
}
