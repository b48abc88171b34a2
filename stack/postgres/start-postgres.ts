import { join } from "node:path";
import postgres from "postgres";
import { spawnProcess } from "../processes/spawn-process.ts";
import type { RunningProcess } from "../processes/spawn-process.ts";
import type { OsUser } from "../processes/wrap-with-setpriv.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { HOST } from "../settings.ts";
import { StackError } from "../stack-error.ts";

export interface PostgresOptions {
  /** Folder with `postgres` and `initdb`. */
  readonly binDir: string;
  /** Data directory of the cluster; made when missing. */
  readonly clusterDir: string;
  readonly port: number;
  readonly logPath: string;
  readonly user: OsUser | null;
  /** Superuser of the cluster. */
  readonly superuser: string;
  readonly password: string;
  /** Written beside the cluster's files for the Vault stand-in, where only the server can read it. */
  readonly vaultKey: string;
  /** False: what the server writes may be lost when the machine fails. */
  readonly isDurable: boolean;
  readonly env: Readonly<Record<string, string>>;
}

const MAJOR_VERSION = "17";
/** Crash recovery replays the log before the first connection is let in. */
const START_TIMEOUT_MS = 60_000;

/** Starts the embedded server, making its cluster on the first start, and waits until it takes connections. */
export async function startPostgres(options: PostgresOptions): Promise<RunningProcess> {
  await createCluster(options);
  await Deno.writeTextFile(options.logPath, "", { append: true });
  const server = await spawnProcess({
    command: join(options.binDir, "postgres"),
    args: ["-D", options.clusterDir, ...toFlags(serverSettings(options))],
    env: options.env,
    cwd: options.binDir,
    logPath: options.logPath,
    stopSignal: "SIGINT",
    user: options.user ?? undefined,
  });
  let ended = false;
  server.ended.then(() => ended = true);
  const sql = postgres({
    host: HOST,
    port: options.port,
    username: options.superuser,
    password: options.password,
    database: "postgres",
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
  });
  const ready = await waitUntil(async () => ended || await accepts(sql), { timeoutMs: START_TIMEOUT_MS });
  await sql.end({ timeout: 1 });
  if (ready && !ended) return server;
  await server.stop(5_000);
  throw new StackError(`Postgres did not start; its last words are in ${options.logPath}.`);
}

async function accepts(sql: postgres.Sql): Promise<boolean> {
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "28P01") {
      throw new StackError("Postgres refuses its own password: run `npm run stack -- reset`.");
    }
    return false;
  }
}

async function createCluster(options: PostgresOptions): Promise<void> {
  const { clusterDir, user } = options;
  const version = await Deno.readTextFile(join(clusterDir, "PG_VERSION")).catch(() => null);
  if (version?.trim() === MAJOR_VERSION) return;
  if (version) {
    throw new StackError(
      `${clusterDir} was written by Postgres ${version.trim()}, this is ${MAJOR_VERSION}: run \`npm run stack -- reset\`.`,
    );
  }
  // Built beside its place and renamed when complete: an interrupted start leaves nothing half-made.
  const newDir = `${clusterDir}.new`;
  await Deno.remove(newDir, { recursive: true }).catch(() => {});
  await Deno.mkdir(newDir, { recursive: true, mode: 0o700 });
  const passwordFile = `${clusterDir}.password`;
  await Deno.writeTextFile(passwordFile, options.password, { mode: 0o600 });
  if (user) {
    await Deno.chown(newDir, user.uid, user.gid);
    await Deno.chown(passwordFile, user.uid, user.gid);
  }
  const initdb = await spawnProcess({
    command: join(options.binDir, "initdb"),
    args: [
      ...["--pgdata", newDir, "--username", options.superuser, "--pwfile", passwordFile],
      ...["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"],
      // Hosted projects sort text by ICU's English rules.
      ...["--locale-provider", "icu", "--icu-locale", "en-US", "--data-checksums", "--no-instructions"],
      ...(options.isDurable ? [] : ["--no-sync"]),
    ],
    env: options.env,
    cwd: options.binDir,
    logPath: options.logPath,
    stopSignal: "SIGTERM",
    user: user ?? undefined,
  });
  const status = await initdb.ended;
  await Deno.remove(passwordFile);
  if (!status.success) {
    throw new StackError(`Postgres could not make its data directory; the reason is in ${options.logPath}.`);
  }
  const keyFile = join(newDir, "vault.key");
  await Deno.writeTextFile(keyFile, options.vaultKey, { mode: 0o600 });
  if (user) await Deno.chown(keyFile, user.uid, user.gid);
  await Deno.rename(newDir, clusterDir);
}

function serverSettings({ port, isDurable }: PostgresOptions): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: HOST,
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %q%u@%d ",
    // Statements may carry secrets.
    log_min_error_statement: "panic",
    jit: "off",
    ...(isDurable ? {} : { fsync: "off" }),
    // After a crash: one call for the file system instead of one for each file.
    ...(Deno.build.os === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
  };
}

function toFlags(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
