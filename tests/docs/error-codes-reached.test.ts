import assert from "node:assert/strict";
import { ERROR_CODES } from "../../supabase/functions/_shared/core/error-codes.ts";

const ROOT = new URL("../../", import.meta.url);
/** The table itself, and types made from the database. */
const NOT_USES = ["error-codes.ts", "database.types.ts"];

/** The text of every source file below a folder. */
async function* readTexts(folder: URL): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* readTexts(new URL(`${entry.name}/`, folder));
    else if (/\.(ts|sql)$/.test(entry.name) && !NOT_USES.includes(entry.name)) {
      yield await Deno.readTextFile(new URL(entry.name, folder));
    }
  }
}

async function findCodes(...folders: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const folder of folders) {
    for await (const text of readTexts(new URL(folder, ROOT))) {
      for (const [, code] of text.matchAll(/["']([a-z_]+)["']/g)) found.add(code!);
    }
  }
  return found;
}

Deno.test("Every error code is used by a function or raised in SQL", async () => {
  const used = await findCodes("supabase/functions/", "supabase/migrations/");
  assert.deepEqual(Object.keys(ERROR_CODES).filter((code) => !used.has(code)), []);
});

Deno.test("Every error code is provoked by a test", async () => {
  const tested = await findCodes("tests/");
  assert.deepEqual(Object.keys(ERROR_CODES).filter((code) => !tested.has(code)), []);
});
