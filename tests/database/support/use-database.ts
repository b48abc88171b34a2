import { dirname, join } from "node:path";
import postgres from "postgres";
import { rolePassword } from "../../../stack/database/connection-urls.ts";
import { readSettings } from "../../../stack/settings.ts";
import { parseEnv } from "../../support/use-stack.ts";
import type { Sql, TestDatabase } from "./database.ts";

/** The database of a running stack (TEST_STACK_ENV), with whatever else is in it. */
export async function useDatabase(envPath: string): Promise<TestDatabase> {
  const { DB_URL } = parseEnv(await Deno.readTextFile(envPath));
  const secrets = JSON.parse(await Deno.readTextFile(join(dirname(envPath), "secrets.json")));
  const pools: Sql[] = [];
  const connect: TestDatabase["connect"] = (role, connection = {}) => {
    const url = new URL(DB_URL!);
    if (role !== url.username) {
      url.username = role;
      // The roles of `supabase start` share one password; ours have one each.
      if (secrets.rolePasswordKey) {
        url.password = rolePassword(role as Parameters<typeof rolePassword>[0], readSettings({}), secrets);
      }
    }
    const pool = postgres(url.href, { max: 4, onnotice: () => {}, ...connection });
    pools.push(pool);
    return pool;
  };
  return {
    sql: connect("postgres"),
    connect,
    [Symbol.asyncDispose]: async () => void await Promise.all(pools.map((pool) => pool.end({ timeout: 1 }))),
  };
}
