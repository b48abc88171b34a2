/**
 * Writes supabase/functions/_shared/db/database.types.ts from a database, with the generator behind
 * `supabase gen types`. `--check` compares instead and exits 1 when the committed file is stale.
 *
 * Usage: generate-types.ts [--check]. The database is DB_URL, or the one of a throwaway stack.
 */
import { generateTypescript, sortGeneratorMetadata } from "@supabase/postgrest-typegen/generation";
import { introspect } from "@supabase/postgrest-typegen/introspection";
import postgres from "postgres";
import { withThrowawayStack } from "./throwaway-stack.ts";

const TYPES_FILE = new URL("../supabase/functions/_shared/db/database.types.ts", import.meta.url);

async function generateTypes(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, {
    max: 1,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
  try {
    const metadata = await introspect(
      { query: async (text: string) => ({ rows: await sql.unsafe(text) }) },
      { includedSchemas: ["public"] },
    );
    return await generateTypescript(sortGeneratorMetadata(metadata), { postgrestVersion: "14" });
  } finally {
    await sql.end();
  }
}

const given = Deno.env.get("DB_URL");
const types = given
  ? await generateTypes(given)
  : await withThrowawayStack((env) => generateTypes(env.DB_URL ?? ""));

if (Deno.args.includes("--check")) {
  const committed = await Deno.readTextFile(TYPES_FILE);
  if (committed !== types) {
    console.error("database.types.ts is stale. Run `npm run types` and commit the file.");
    Deno.exit(1);
  }
} else {
  await Deno.writeTextFile(TYPES_FILE, types);
}
