import { dirname, join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import type { SupabaseClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import postgres from "postgres";
import { bootstrapDatabase } from "../../../stack/database/bootstrap-database.ts";
import { loadSecrets } from "../../../stack/secrets.ts";
import { readSettings } from "../../../stack/settings.ts";
import { spawnProcess } from "../../../stack/processes/spawn-process.ts";
import type { RunningProcess } from "../../../stack/processes/spawn-process.ts";
import { startPostgres } from "../../support/postgres.ts";
import { parseEnv } from "../../support/use-stack.ts";
import { useStorage } from "./use-storage.ts";

/** Options of listV2, which supabase-js does not export by name. */
export type SearchV2Options = NonNullable<
  Parameters<ReturnType<SupabaseClient["storage"]["from"]>["listV2"]>[0]
>;

export const ALICE = "11111111-1111-4111-8111-111111111111";
export const BOB = "22222222-2222-4222-8222-222222222222";
/** A stack somebody else has started; then its Storage API is tried, through its gateway. */
const externalPath = Deno.env.get("TEST_STACK_ENV");
const external = externalPath ? parseEnv(Deno.readTextFileSync(externalPath)) : null;
export const PUBLISHABLE_KEY = external?.PUBLISHABLE_KEY ?? "sb_publishable_test";
export const SECRET_KEY = external?.SECRET_KEY ?? "sb_secret_test";
const JWT_SECRET = external?.JWT_SECRET ?? "a secret of at least thirty-two characters";
const MAIN = new URL("../../../stack/storage/main.ts", import.meta.url).pathname;

export interface TestStorage {
  /** Address of the server, without /storage/v1. */
  readonly url: string;
  readonly dataDir: string;
  /** Connection as role `postgres`, which migrations use. */
  readonly sql: postgres.Sql;
  readonly superuserUrl: string;
  /** Clients of supabase-js, unchanged. */
  readonly service: SupabaseClient;
  readonly anonymous: SupabaseClient;
  asUser(id: string): Promise<SupabaseClient>;
  pid(): number;
  stop(): Promise<void>;
  /** Sends a signal to the server, waits for its end and starts another one on the same data. */
  restart(signal: Deno.Signal): Promise<void>;
}

/** Starts a Storage server on a Postgres of its own. @param port the server; Postgres takes the next one */
export async function startStorage(port: number, env: Record<string, string> = {}): Promise<TestStorage> {
  if (external) return await useStorage(external, createClients);
  const dir = await Deno.makeTempDir({ prefix: "storage-test-" });
  await Deno.chmod(dir, 0o755);
  const database = await startPostgres({ dir: join(dir, "postgres"), port: port + 1 });
  const admin = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  await bootstrapDatabase(admin, readSettings({}), await loadSecrets(dir));
  await admin.end();
  const login = (role: string) => database.superuserUrl.replace("supabase_admin", role);
  const url = `http://127.0.0.1:${port}`;
  const dataDir = join(dir, "storage");
  const start = () =>
    spawnServer({
      ...env,
      STORAGE_PORT: String(port),
      STORAGE_DB_URL: login("supabase_storage_admin"),
      STORAGE_DATA_DIR: dataDir,
      JWT_SECRET,
      PUBLISHABLE_KEY,
      SECRET_KEY,
      PUBLIC_API_URL: url,
    }, join(dir, "storage.log"));
  let process = await start();
  const sql = postgres(login("postgres"), { max: 2, onnotice: () => {} });
  const end = async (signal: Deno.Signal) => {
    Deno.kill(process.pid, signal);
    await process.ended;
  };
  return {
    url,
    dataDir,
    sql,
    superuserUrl: database.superuserUrl,
    ...createClients(url),
    pid: () => process.pid,
    restart: async (signal) => {
      await end(signal);
      process = await start();
    },
    async stop() {
      await end("SIGTERM");
      await sql.end({ timeout: 1 });
      await database.stop();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

function createClients(url: string): Pick<TestStorage, "service" | "anonymous" | "asUser"> {
  return {
    service: createClient(url, SECRET_KEY),
    anonymous: createClient(url, PUBLISHABLE_KEY),
    asUser: async (id) => {
      const token = await signToken(id);
      return createClient(url, PUBLISHABLE_KEY, { accessToken: () => Promise.resolve(token) });
    },
  };
}

/** An access token as the Auth API makes them. @param lifetime in seconds */
export function signToken(sub: string, lifetime = 3600, secret = JWT_SECRET): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sub, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt(now - 7200)
    .setExpirationTime(now + lifetime)
    .sign(new TextEncoder().encode(secret));
}

/**
 * Makes a private bucket where each user may do everything below a folder named by the user's id, as the
 * migrations of the product do.
 */
export async function createOwnerBucket(storage: TestStorage, id: string): Promise<void> {
  await storage.sql`insert into storage.buckets (id, name) values (${id}, ${id})`;
  const own = `bucket_id = '${id}' and (storage.foldername(name))[1] = (select auth.uid())::text`;
  await storage.sql.unsafe(`
    create policy "${id} read" on storage.objects for select to authenticated using (${own});
    create policy "${id} insert" on storage.objects for insert to authenticated with check (${own});
    create policy "${id} update" on storage.objects for update to authenticated using (${own}) with check (${own});
    create policy "${id} delete" on storage.objects for delete to authenticated using (${own});
  `);
}

/** Names of all files below the data directory, relative to it. */
export async function listDataFiles(storage: TestStorage): Promise<string[]> {
  const found: string[] = [];
  const walk = async (dir: string): Promise<void> => {
    for await (const entry of Deno.readDir(join(storage.dataDir, dir))) {
      const path = join(dir, entry.name);
      if (entry.isDirectory) await walk(path);
      else found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

async function spawnServer(env: Record<string, string>, logPath: string): Promise<RunningProcess> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = await spawnProcess({
    command: Deno.execPath(),
    args: ["run", "-A", MAIN],
    env: { ...env, PATH: Deno.env.get("PATH")!, HOME: Deno.env.get("HOME") ?? "/tmp" },
    cwd: dirname(MAIN),
    logPath,
    stopSignal: "SIGTERM",
    onLine: (line) => line === '{"ready":true}' && resolve(),
  });
  const failed = server.ended.then(async () => {
    throw new Error(`The Storage server did not start:\n${await Deno.readTextFile(logPath)}`);
  });
  await Promise.race([promise, failed]);
  failed.catch(() => {});
  return server;
}
