import { join } from "node:path";
import postgres from "postgres";
import { findPostgresUser } from "../../stack/postgres/os-user.ts";
import { prepareServerFiles } from "../../stack/postgres/prepare-server-files.ts";
import { findFreePort } from "../../stack/processes/ports.ts";
import { spawnProcess } from "../../stack/processes/spawn-process.ts";
import { waitUntil } from "../../stack/processes/wait-until.ts";

export interface TestPostgresOptions {
  /** Folder of this server: its data, log and (for the embedded one) its installation. */
  readonly dir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Folder with `initdb` and `postgres`. Default: the embedded server of the npm package. */
  readonly binDir?: string;
  /** Server settings beside or instead of our own. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface TestPostgres {
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

/** Superuser of a test server; everybody is let in without a password, on loopback only. */
export const TEST_SUPERUSER = "supabase_admin";

const REPO_DIR = new URL("../..", import.meta.url).pathname;

/** Nothing here outlives a test, so nothing is forced to the disk. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  jit: "off",
  deadlock_timeout: "200ms",
  timezone: "UTC",
  max_connections: "100",
};

/**
 * Starts a throwaway Postgres on `dir`, making its cluster when the folder has none, and waits until it answers.
 * Runs as the system user `postgres` when we are root, which the server insists on.
 */
export async function startPostgres(options: TestPostgresOptions): Promise<TestPostgres> {
  const user = await findPostgresUser() ?? undefined;
  await Deno.mkdir(options.dir, { recursive: true });
  if (user) await Deno.chown(options.dir, user.uid, user.gid);
  const binDir = options.binDir ??
    await prepareServerFiles(
      REPO_DIR,
      join(options.dir, "server"),
      join(REPO_DIR, "stack/bootstrap/extensions"),
    );
  const dataDir = join(options.dir, "data");
  const port = options.port ?? findFreePort();
  const child = {
    env: { PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin", LC_ALL: "C" },
    cwd: options.dir,
    logPath: join(options.dir, "postgres.log"),
    stopSignal: "SIGINT" as const,
    user,
  };
  if (!await exists(join(dataDir, "PG_VERSION"))) {
    const initdb = await spawnProcess({
      ...child,
      command: join(binDir, "initdb"),
      args: [
        "-D",
        dataDir,
        "-U",
        TEST_SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--no-sync",
      ],
    });
    if (!(await initdb.ended).success) throw new Error(`initdb failed; its words are in ${child.logPath}.`);
  }
  const settings = Object.entries({ ...SETTINGS, ...options.settings, port: String(port) });
  const server = await spawnProcess({
    ...child,
    command: join(binDir, "postgres"),
    args: ["-D", dataDir, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
  });
  const superuserUrl = `postgresql://${TEST_SUPERUSER}@127.0.0.1:${port}/postgres`;
  if (!await waitUntil(() => accepts(superuserUrl), { timeoutMs: 30_000 })) {
    await server.stop(1_000);
    throw new Error(`Postgres did not start; its words are in ${child.logPath}.`);
  }
  return { superuserUrl, stop: () => server.stop(10_000) };
}

async function accepts(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
