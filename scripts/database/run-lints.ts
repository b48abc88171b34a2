import type postgres from "postgres";

const LINTS = new URL("../../tests/database/lints/", import.meta.url);

/**
 * Runs every database lint: a query that returns one row for each finding, and none when all is well.
 * @returns findings, each with the name of its lint in front
 */
export async function runLints(sql: postgres.Sql): Promise<string[]> {
  const found: string[] = [];
  const files = (await Array.fromAsync(Deno.readDir(LINTS), ({ name }) => name)).sort();
  for (const file of files) {
    const rows = await sql.unsafe<{ finding: string }[]>(await Deno.readTextFile(new URL(file, LINTS)));
    for (const { finding } of rows) found.push(`${file.replace(/\.sql$/, "")}: ${finding}`);
  }
  return found;
}
