import { join } from "node:path";
import type postgres from "postgres";
import { StackError } from "../stack-error.ts";
import { splitSql } from "./split-sql.ts";
import type { SqlStatement } from "./split-sql.ts";

const STAND_INS = ["pg_cron", "pg_net", "supabase_vault"];

export interface MigrationReport {
  readonly applied: readonly string[];
  /** Versions whose file no longer says what was run. */
  readonly changed: readonly string[];
}

/**
 * Applies the migrations this database has not seen, each in a transaction of its own, as the Supabase CLI
 * does: in the order of their names, recorded in supabase_migrations.schema_migrations.
 * @param sql a connection as role `postgres`
 * @throws StackError with file, line, the database's words and what to do
 */
export async function runMigrations(sql: postgres.Sql, migrationsDir: string): Promise<MigrationReport> {
  await sql`create schema if not exists supabase_migrations`;
  await sql`
    create table if not exists supabase_migrations.schema_migrations (
      version text not null primary key, statements text[], name text
    )`;
  const rows = await sql<{ version: string; statements: string[] | null }[]>`
    select version, statements from supabase_migrations.schema_migrations`;
  const done = new Map(rows.map((row) => [row.version, row.statements ?? []]));
  const missing = await listMissingExtensions(sql);
  const applied: string[] = [];
  const changed: string[] = [];
  for (const file of await listMigrations(migrationsDir)) {
    const statements = splitSql(await Deno.readTextFile(join(migrationsDir, file)));
    const [, version, name] = /^(\d+)_(.*)\.sql$/.exec(file)!;
    const before = done.get(version!);
    if (before) {
      if (before.join("\0") !== statements.map((statement) => statement.text).join("\0")) changed.push(file);
      continue;
    }
    await sql.begin(async (tx) => {
      await runStatements(
        tx,
        `supabase/migrations/${file}`,
        statements.filter(({ text }) => !missing.some((extension) => createsExtension(text, extension))),
      );
      await tx`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${version!}, ${name!}, ${statements.map((statement) => statement.text)})`;
    });
    applied.push(file);
  }
  return { applied, changed };
}

/** Runs seed.sql once per database and records it, as the Supabase CLI does. */
export async function runSeed(
  sql: postgres.Sql,
  supabaseDir: string,
  paths: readonly string[],
): Promise<void> {
  await sql`
    create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null)`;
  for (const relativePath of paths) {
    const source = await Deno.readTextFile(join(supabaseDir, relativePath)).catch(() => null);
    // The name under which the CLI looks for it, so that `supabase db push` does not seed again.
    const path = join("supabase", relativePath);
    const [seen] = await sql`select from supabase_migrations.seed_files where path = ${path}`;
    if (source === null || seen) continue;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(source));
    await sql.begin(async (tx) => {
      await runStatements(tx, path, splitSql(source));
      await tx`
        insert into supabase_migrations.seed_files (path, hash)
        values (${path}, ${new Uint8Array(digest).toHex()})`;
    });
  }
}

/** Extensions a server given by STACK_DB_URL cannot offer; the bootstrap made their objects without them. */
async function listMissingExtensions(sql: postgres.Sql): Promise<string[]> {
  const offered = await sql<{ name: string }[]>`select name from pg_available_extensions`;
  return STAND_INS.filter((name) => !offered.some((extension) => extension.name === name));
}

function createsExtension(statement: string, name: string): boolean {
  return new RegExp(`^create\\s+extension\\s+(if\\s+not\\s+exists\\s+)?"?${name}"?(\\s|$)`, "i").test(
    statement,
  );
}

async function listMigrations(dir: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(dir), (entry) => entry.name);
    return names.filter((name) => /^\d+_.*\.sql$/.test(name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function runStatements(
  tx: postgres.TransactionSql,
  file: string,
  statements: readonly SqlStatement[],
): Promise<void> {
  for (const { text, line } of statements) {
    try {
      await tx.unsafe(text);
    } catch (error) {
      const { message, position } = error as { message: string; position?: string };
      const failedLine = line + text.slice(0, Number(position ?? 1) - 1).split("\n").length - 1;
      throw new StackError(
        `${file}, line ${failedLine}: ${message}. Correct the file and start again; nothing of it was kept.`,
      );
    }
  }
}
