import assert from "node:assert/strict";
import { readExportPage } from "../../../supabase/functions/_shared/db/export-page.ts";

const read = (answer: string) => {
  const { rows, next } = readExportPage(new TextEncoder().encode(answer));
  return [new TextDecoder().decode(rows), next];
};

Deno.test("Pages of an export: rows go through as they are, whatever stands in them", () => {
  const rows = '{"a":"],\\"next\\":\\"00\\"}","b":[1,{"next":null}]},{"é":"[["}';
  assert.deepEqual(read(`{"rows":[${rows}],"next":"7b7d"}`), [rows, "7b7d"]);
  assert.deepEqual(read(`{"rows": [${rows}], "next": null}\n`), [rows, null]);
  assert.deepEqual(read('{"rows":[],"next":null}'), ["", null]);
});

Deno.test("Pages of an export: any other answer is refused", () => {
  for (const answer of ["", "null", '{"rows":[]}', '{"rows":[],"next":5}', '{"next":"00","rows":[]}']) {
    assert.throws(() => read(answer), /export_rows ended with/, answer);
  }
});
