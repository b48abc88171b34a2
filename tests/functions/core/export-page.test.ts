import assert from "node:assert/strict";
import { readExportPage } from "../../../supabase/functions/_shared/db/export-page.ts";

const PIECES = [1, 2, 7, 1000];

/** Reads an answer that comes in pieces of `length` bytes. */
async function read(answer: string, length: number): Promise<[string, string | null]> {
  const bytes = new TextEncoder().encode(answer);
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / length) },
    (_, index) => bytes.slice(index * length, (index + 1) * length),
  );
  const page = readExportPage(ReadableStream.from(pieces));
  const decoder = new TextDecoder();
  let rows = "";
  let piece = await page.next();
  for (; !piece.done; piece = await page.next()) rows += decoder.decode(piece.value, { stream: true });
  return [rows, piece.value];
}

Deno.test("Pages of an export: rows go through as they are, whatever stands in them", async () => {
  const rows = '{"a":"],\\"next\\":\\"00\\"}","b":[1,{"next":null}]},{"é":"[["}';
  for (const length of PIECES) {
    assert.deepEqual(await read(`{"rows":[${rows}],"next":"7b7d"}`, length), [rows, "7b7d"]);
    assert.deepEqual(await read(`{"rows": [${rows}], "next": null}\n`, length), [rows, null]);
    assert.deepEqual(await read('{"rows":[],"next":null}', length), ["", null]);
  }
});

Deno.test("Pages of an export: any other answer is refused", async () => {
  for (const answer of ["", "null", '{"rows":[]}', '{"rows":[],"next":5}', '{"next":"00","rows":[]}']) {
    for (const length of PIECES) await assert.rejects(read(answer, length), /export_rows ended with/, answer);
  }
});
