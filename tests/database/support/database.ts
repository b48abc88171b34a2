import { join } from "node:path";
import postgres from "postgres";
import { bootstrapDatabase } from "../../../stack/database/bootstrap-database.ts";
import { runMigrations } from "../../../stack/database/run-migrations.ts";
import { loadSecrets } from "../../../stack/secrets.ts";
import { readSettings } from "../../../stack/settings.ts";
import { startPostgres } from "../../support/postgres.ts";
import { copyFolder, prepareTemplate } from "../../support/template-cache.ts";
import { useDatabase } from "./use-database.ts";

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;

export interface TestDatabase extends AsyncDisposable {
  /** Connections as role `postgres`, as migrations, Studio and the operator have. */
  readonly sql: Sql;
  /** Connections as another role or with other options; ended with the database. */
  connect(role: string, options?: postgres.Options<Record<string, never>>): Sql;
}

export interface DatabaseOptions {
  /** Folder with `initdb` and `postgres` of another server version. */
  readonly binDir?: string;
  /** Settings of that server. */
  readonly settings?: Readonly<Record<string, string>>;
}

const REPO_DIR = new URL("../../..", import.meta.url).pathname;

/**
 * A database of its own for a test file: hosted-like bootstrap and all migrations, copied from a template that is made
 * once per state of the SQL files. Where TEST_STACK_ENV names a running stack, its database is used instead.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const external = Deno.env.get("TEST_STACK_ENV");
  if (external && Object.keys(options).length === 0) return await useDatabase(external);
  const template = await prepareTemplate({
    name: "test-databases",
    variant: [options.binDir ?? "embedded", JSON.stringify(options.settings ?? {})],
    build: (dir) => buildTemplate(dir, options),
  });
  const dir = await Deno.makeTempDir({ prefix: "cliprelay-db-" });
  await copyFolder(join(template, "data"), dir);
  const server = await startPostgres({
    ...options,
    dir,
    binDir: options.binDir ?? join(template, "server", "bin"),
  });
  const pools: Sql[] = [];
  const connect: TestDatabase["connect"] = (role, connection = {}) => {
    const url = new URL(server.superuserUrl);
    url.username = role;
    const pool = postgres(url.href, { max: 4, onnotice: () => {}, ...connection });
    pools.push(pool);
    return pool;
  };
  return {
    sql: connect("postgres"),
    connect,
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
      await server.stop();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

async function buildTemplate(dir: string, options: DatabaseOptions): Promise<void> {
  const server = await startPostgres({ ...options, dir });
  try {
    await migrate(server.superuserUrl, dir);
  } finally {
    await server.stop();
  }
}

async function migrate(superuserUrl: string, secretsDir: string): Promise<void> {
  const admin = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  const url = new URL(superuserUrl);
  url.username = "postgres";
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await bootstrapDatabase(admin, readSettings({}), await loadSecrets(secretsDir));
    await runMigrations(sql, join(REPO_DIR, "supabase/migrations"));
  } finally {
    await Promise.all([admin.end(), sql.end()]);
  }
}
