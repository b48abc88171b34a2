import assert from "node:assert/strict";
import { readSearch } from "../../../web/src/app/read-search.ts";

Deno.test("readSearch.tasks keeps known filters and drops the rest", () => {
  assert.deepEqual(readSearch.tasks({ marketplace: "UK", status: "all", evil: 1 }), {
    marketplace: "UK",
    status: "all",
  });
  assert.deepEqual(readSearch.tasks({ marketplace: "FR", status: "toString" }), {
    marketplace: undefined,
    status: undefined,
  });
});

Deno.test("readSearch.products takes a number typed into the search", () => {
  const search = readSearch.products({ q: 42, status: "not-a-uuid", add: "true" });
  assert.deepEqual(search, { q: "42", status: undefined, add: undefined });
});
