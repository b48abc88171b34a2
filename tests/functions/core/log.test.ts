import assert from "node:assert/strict";
import { redact, writeLogLine } from "../../../supabase/functions/_shared/core/log.ts";

Deno.test("Secret-sounding fields are replaced at any depth", () => {
  const value = {
    user_id: "u",
    nested: { refresh_token: "abc", list: [{ password: "p" }] },
    code: "auth-code",
  };
  assert.deepEqual(redact(value), {
    user_id: "u",
    nested: { refresh_token: "[redacted]", list: [{ password: "[redacted]" }] },
    code: "[redacted]",
  });
});

Deno.test("Signed addresses lose their query", () => {
  const text = redact("PUT https://up.example/s?guid=1&tempauth=v1.abc failed");
  assert.equal(text, "PUT https://up.example/s?[redacted] failed");
});

Deno.test("A connection that fails does not write the address it was for", () => {
  const words =
    "error sending request for url (https://a.up.1drv.com/up/fe69(1)x?y=1): client error (Connect)";
  assert.equal(
    redact(words),
    "error sending request for url (https://a.up.1drv.com/[redacted]): client error (Connect)",
  );
});

Deno.test("Bearer values and JWTs are replaced inside sentences", () => {
  const jwt = `${"a".repeat(20)}.${"b".repeat(30)}.${"c".repeat(30)}`;
  assert.equal(redact(`sent Bearer ${jwt} and ${jwt}`), "sent Bearer [redacted] and [redacted]");
});

Deno.test("Errors are written with their causes and without their secrets", () => {
  const error = new Error("outer", { cause: new Error("GET https://dl.example/f?tempauth=zzz") });
  const text = String(redact(error));
  assert.match(text, /outer/);
  assert.match(text, /dl\.example\/f\?\[redacted\]/);
  assert.doesNotMatch(text, /zzz/);
});

Deno.test("A line is one line of JSON", () => {
  const lines: string[] = [];
  writeLogLine((line) => lines.push(line), { error: new Error("two\nlines"), status: 500 });
  assert.equal(lines.length, 1);
  assert.ok(!lines[0]!.includes("\n"));
  assert.equal(JSON.parse(lines[0]!).status, 500);
});
