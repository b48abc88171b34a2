import { generateTypescript, sortGeneratorMetadata } from "@supabase/postgrest-typegen/generation";
import { introspect } from "@supabase/postgrest-typegen/introspection";
import type postgres from "postgres";

/** Writes the types of schema public as `supabase gen types` does, with the generator behind it. */
export async function generateTypes(sql: postgres.Sql): Promise<string> {
  const metadata = await introspect(
    { query: async (text: string) => ({ rows: await sql.unsafe(text) }) },
    { includedSchemas: ["public"] },
  );
  return await generateTypescript(sortGeneratorMetadata(metadata), { postgrestVersion: "14" });
}
