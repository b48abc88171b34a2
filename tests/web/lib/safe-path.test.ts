import assert from "node:assert/strict";
import { safePath } from "../../../web/src/lib/safe-path.ts";

Deno.test("safePath keeps a path of this site with query and hash", () => {
  assert.equal(safePath("/tasks?status=completed#top"), "/tasks?status=completed#top");
});

Deno.test("safePath never leads to another origin", () => {
  const traps = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
  ];
  for (const trap of traps) assert.equal(safePath(trap), "/", trap);
});

Deno.test("safePath falls back when there is nothing", () => {
  assert.equal(safePath(undefined, "/products"), "/products");
  assert.equal(safePath(42), "/");
});
