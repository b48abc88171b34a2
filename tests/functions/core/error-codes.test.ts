import assert from "node:assert/strict";
import { ERROR_CODES, isErrorCode } from "../../../supabase/functions/_shared/core/error-codes.ts";

/** Raised only by functions that a later migration has replaced. */
const RETIRED = ["account_switch"];

const root = new URL("../../../", import.meta.url);

Deno.test("The page of error codes lists exactly the codes of the table", async () => {
  const page = await Deno.readTextFile(new URL("docs/errors.md", root));
  const rows = [...page.matchAll(/^\| `([a-z_]+)` +\| (\d{3}) +\| .+ \| .+ \|$/gm)];
  const documented = rows.map(([, code, status]) => `${code} ${status}`).sort();
  const known = Object.entries(ERROR_CODES).map(([code, { status }]) => `${code} ${status}`).sort();
  assert.deepEqual(documented, known);
});

Deno.test("Every exception raised in SQL uses a code of the table with its status", async () => {
  const folder = new URL("supabase/migrations/", root);
  let raised = 0;
  for await (const { name } of Deno.readDir(folder)) {
    const sql = await Deno.readTextFile(new URL(name, folder));
    for (const [, status, code] of sql.matchAll(/raise sqlstate 'PT(\d{3})'[^;]*?detail = '([a-z_]+)'/g)) {
      if (RETIRED.includes(code!)) continue;
      assert.ok(isErrorCode(code), `${code} of ${name} is not in the table`);
      assert.equal(String(ERROR_CODES[code].status), status, `${code} in ${name}`);
      raised++;
    }
    const all = sql.match(/\braise (sqlstate|exception)/g)?.length ?? 0;
    const wellFormed = sql.match(/raise sqlstate 'PT\d{3}'/g)?.length ?? 0;
    assert.equal(wellFormed, all, `${name} raises in another form`);
  }
  assert.ok(raised > 5);
});

Deno.test("Messages are sentences", () => {
  for (const [code, { message }] of Object.entries(ERROR_CODES)) {
    assert.match(message, /^[A-Z].*\.$/, code);
  }
});
