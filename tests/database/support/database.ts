import { createHash } from "node:crypto";
import { join } from "node:path";
import { tmpdir } from "node:os";
import postgres from "postgres";
import { bootstrapDatabase } from "../../../stack/database/bootstrap-database.ts";
import { runMigrations } from "../../../stack/database/run-migrations.ts";
import { loadSecrets } from "../../../stack/secrets.ts";
import { readSettings } from "../../../stack/settings.ts";
import { startPostgres } from "../../support/postgres.ts";
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
/** One per checkout: the servers in it link to that checkout's packages. */
const CACHE_DIR = join(
  tmpdir(),
  `cliprelay-test-databases-${createHash("sha256").update(import.meta.dirname!).digest("hex").slice(0, 12)}`,
);
/** Templates kept besides the one in use; older ones go once nothing has copied them for a while. */
const KEPT_TEMPLATES = 2;
const IDLE_MS = 10 * 60_000;

/**
 * A database of its own for a test file: hosted-like bootstrap and all migrations, copied from a template that is made
 * once per state of the SQL files. Where TEST_STACK_ENV names a running stack, its database is used instead.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const external = Deno.env.get("TEST_STACK_ENV");
  if (external && Object.keys(options).length === 0) return await useDatabase(external);
  const template = await prepareTemplate(options);
  const dir = await Deno.makeTempDir({ prefix: "cliprelay-db-" });
  const copy = await new Deno.Command("cp", { args: ["-a", join(template, "data"), dir] }).output();
  if (!copy.success) throw new Error(new TextDecoder().decode(copy.stderr));
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

async function prepareTemplate(options: DatabaseOptions): Promise<string> {
  const dir = join(CACHE_DIR, await describeSource(options));
  if (await isDirectory(dir)) {
    await Deno.utime(dir, new Date(), new Date());
    return dir;
  }
  await removeIdleTemplates();
  await Deno.mkdir(CACHE_DIR, { recursive: true });
  const building = await Deno.makeTempDir({ dir: CACHE_DIR, prefix: "building-" });
  await Deno.chmod(building, 0o755);
  const server = await startPostgres({ ...options, dir: building });
  try {
    await migrate(server.superuserUrl, building);
  } finally {
    await server.stop();
  }
  // Another process may have been faster; its template is as good.
  await Deno.rename(building, dir).catch(async (error) => {
    if (!await isDirectory(dir)) throw error;
    await Deno.remove(building, { recursive: true });
  });
  return dir;
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

/** One name per content of everything that makes a template. */
async function describeSource(options: DatabaseOptions): Promise<string> {
  const parts = [options.binDir ?? "embedded", JSON.stringify(options.settings ?? {})];
  const folders = [
    "supabase/migrations",
    "stack/bootstrap",
    "stack/bootstrap/extensions",
    "stack/database",
    "stack/storage",
  ];
  for (const folder of folders) {
    const names = await Array.fromAsync(Deno.readDir(join(REPO_DIR, folder)), ({ name }) => name);
    for (const name of names.filter((name) => /\.(sql|control|ts)$/.test(name)).sort()) {
      parts.push(name, await Deno.readTextFile(join(REPO_DIR, folder, name)));
    }
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\0")));
  return new Uint8Array(digest).toHex().slice(0, 24);
}

async function removeIdleTemplates(): Promise<void> {
  if (!await isDirectory(CACHE_DIR)) return;
  const templates = await Array.fromAsync(Deno.readDir(CACHE_DIR), async ({ name }) => {
    const path = join(CACHE_DIR, name);
    return { path, usedAt: (await Deno.stat(path)).mtime?.getTime() ?? 0 };
  });
  const idle = templates
    .toSorted((a, b) => b.usedAt - a.usedAt)
    .slice(KEPT_TEMPLATES)
    .filter(({ usedAt }) => Date.now() - usedAt > IDLE_MS);
  for (const { path } of idle) await Deno.remove(path, { recursive: true }).catch(ignoreNotFound);
}

function ignoreNotFound(error: unknown): void {
  // Another process tidies up as well.
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
