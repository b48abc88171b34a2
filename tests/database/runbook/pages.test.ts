import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";

const DOCS = new URL("../../../docs/", import.meta.url);

/** First cells of a page's tables that are a name in code quotes, with the cells after it. */
async function readRows(page: string): Promise<Map<string, string[]>> {
  const text = await Deno.readTextFile(new URL(page, DOCS));
  const rows = [...text.matchAll(/^\| `([^`]+)` *\|(.*)\|$/gm)];
  return new Map(rows.map(([, name, rest]) => [name!, rest!.split("|").map((cell) => cell.trim())]));
}

Deno.test("pages about the database", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const operations = await readRows("operations.md");
  const configuration = await readRows("configuration.md");

  await t.step("operations.md has every scheduled job with its time, and no other", async () => {
    const jobs = await sql<{ jobname: string; schedule: string }[]>`select jobname, schedule from cron.job`;
    const described = [...operations].filter(([name]) => name.includes("-"));
    assert.deepEqual(
      described.map(([name, [schedule]]) => `${name} ${schedule!.replaceAll("`", "")}`).sort(),
      jobs.map(({ jobname, schedule }) => `${jobname} ${schedule}`).sort(),
    );
  });

  await t.step("configuration.md has every setting and budget, and no other", async () => {
    const known = await sql<{ name: string }[]>`
      select key as name from private.settings union all select budget from private.provider_budgets`;
    assert.deepEqual(
      [...configuration.keys()].filter((name) => /^[a-z]+\.[a-z_]+$/.test(name)).sort(),
      known.map(({ name }) => name).sort(),
    );
  });

  await t.step("configuration.md has the budgets' limits", async () => {
    const budgets = await sql<{ budget: string; max_count: number }[]>`
      select budget, max_count from private.provider_budgets`;
    for (const { budget, max_count } of budgets) {
      assert.equal(configuration.get(budget)?.[1]?.replace(",", ""), String(max_count), budget);
    }
  });
});
