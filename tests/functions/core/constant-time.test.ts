import assert from "node:assert/strict";
import { isEqualConstantTime } from "../../../supabase/functions/_shared/core/constant-time.ts";

Deno.test("Equal texts are equal, everything else is not", () => {
  assert.ok(isEqualConstantTime("abc", "abc"));
  assert.ok(isEqualConstantTime("", ""));
  for (
    const [left, right] of [["abc", "abd"], ["abc", "ab"], ["ab", "abc"], ["abc", ""], ["", "abc"], [
      "aa",
      "aaaa",
    ]]
  ) {
    assert.ok(!isEqualConstantTime(left!, right!), `${left} ${right}`);
  }
});
