/**
 * Checks a database with every migration applied: the committed files made from it are fresh, and no database
 * lint finds anything. Exits 1 with what is wrong. The database is DB_URL, or the one of a throwaway stack.
 */
import { describeDifference } from "./database/describe-difference.ts";
import { GENERATED_FILES } from "./database/generated-files.ts";
import { runLints } from "./database/run-lints.ts";
import { withDatabase } from "./database/with-database.ts";

const findings = await withDatabase(async (sql) => {
  const found = await runLints(sql);
  for (const { path, generate } of GENERATED_FILES) {
    const committed = await Deno.readTextFile(path).catch(() => "");
    const generated = await generate(sql);
    if (generated === committed) continue;
    const difference = await describeDifference(committed, generated);
    found.push(`${path} is stale; run \`npm run types\` and commit it:\n${difference}`);
  }
  return found;
});
for (const finding of findings) console.error(finding);
if (findings.length > 0) Deno.exit(1);
