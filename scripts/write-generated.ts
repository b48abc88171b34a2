/**
 * `npm run types`: writes the committed files that are made from the database: the types of the Data API and the
 * schema. The database is DB_URL, or the one of a throwaway stack.
 */
import { GENERATED_FILES } from "./database/generated-files.ts";
import { withDatabase } from "./database/with-database.ts";

await withDatabase(async (sql) => {
  for (const { path, generate } of GENERATED_FILES) await Deno.writeTextFile(path, await generate(sql));
});
