import postgres from "postgres";
import { withThrowawayStack } from "../throwaway-stack.ts";

/**
 * Runs `work` on a connection, as role `postgres`, to a database with every migration applied: the one DB_URL
 * names, else that of a throwaway stack.
 */
export async function withDatabase<Result>(work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const given = Deno.env.get("DB_URL");
  return given
    ? await connectTo(given, work)
    : await withThrowawayStack((env) => connectTo(env.DB_URL!, work));
}

async function connectTo<Result>(url: string, work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, {
    max: 1,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
