import assert from "node:assert/strict";
import { searchPattern } from "../../../web/src/lib/search-pattern.ts";

/** The expression inside the filter, as Postgres' `~*` would apply it. */
function matches(search: string, value: string): boolean {
  const pattern = /^title\.imatch\."(.*)"$/.exec(searchPattern(["title"], search))?.[1];
  assert.ok(pattern !== undefined && !/["\\]/.test(pattern), "the pattern needs no escapes inside quotes");
  return new RegExp(pattern, "i").test(value);
}

Deno.test("searchPattern looks into every column", () => {
  assert.equal(searchPattern(["title", "asin"], " kettle "), 'title.imatch."kettle",asin.imatch."kettle"');
});

Deno.test("searchPattern finds text in any letter case", () => {
  assert.ok(matches("gooseneck KETTLE", "Northkettle Gooseneck Kettle"));
  assert.ok(!matches("teapot", "Northkettle Gooseneck Kettle"));
});

Deno.test("searchPattern finds signs that mean something in a filter or an expression", () => {
  for (
    const sign of [
      '10" pan',
      "a (b)",
      "50% off, new",
      "C++",
      "what?",
      "a|b",
      "$5",
      "back\\slash",
      "[x]",
      "^up",
      "{2}",
    ]
  ) {
    assert.ok(matches(sign, `before ${sign} after`), sign);
    assert.ok(!matches(sign, "before after"), sign);
  }
});
