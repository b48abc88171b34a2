import assert from "node:assert/strict";
import { describeDifference } from "../../scripts/database/describe-difference.ts";

Deno.test("a difference is shown by its lines", async () => {
  const difference = await describeDifference("a\nb\nc\n", "a\nB\nc\n");
  assert.equal(difference, "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c");
});

Deno.test("a long difference is cut", async () => {
  const generated = Array.from({ length: 500 }, (_, line) => `line ${line}\n`).join("");
  const difference = await describeDifference("", generated);
  assert.match(difference, /\n\+line 28\n\.\.\. and 471 lines more$/);
});
