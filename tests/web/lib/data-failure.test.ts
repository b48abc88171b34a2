import assert from "node:assert/strict";
import { ApiFailure } from "../../../web/src/lib/api-failure.ts";
import { unwrap } from "../../../web/src/lib/data-failure.ts";

function failureOf(error: { code?: string; message: string; details?: string }, status: number): ApiFailure {
  try {
    unwrap({ data: null, error, status });
  } catch (failure) {
    assert.ok(failure instanceof ApiFailure);
    return failure;
  }
  throw new Error("unwrap let a failure pass");
}

Deno.test("unwrap returns the data of an answer without an error", () => {
  assert.deepEqual(unwrap({ data: [1], error: null, status: 200 }), [1]);
});

Deno.test("unwrap keeps the code and sentence of a rule raised in SQL", () => {
  const failure = failureOf(
    {
      code: "PT422",
      message: "A product cannot be correlated with its own ASIN.",
      details: "correlation_is_own_asin",
    },
    422,
  );
  assert.equal(failure.code, "correlation_is_own_asin");
  assert.equal(failure.message, "A product cannot be correlated with its own ASIN.");
  assert.equal(failure.status, 422);
});

Deno.test("unwrap says a constraint in words and hides its details", () => {
  const failure = failureOf(
    { code: "23505", message: 'duplicate key value violates "x"', details: "Key (a)=(b) already exists." },
    409,
  );
  assert.equal(failure.code, "already_exists");
  assert.doesNotMatch(failure.message, /duplicate|violates/);
});

Deno.test("unwrap says that nothing answered", () => {
  assert.equal(failureOf({ message: "TypeError: Failed to fetch" }, 0).code, "network_error");
});
