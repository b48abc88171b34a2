import assert from "node:assert/strict";
import { createBatch } from "../../../web/src/lib/create-batch.ts";

/** A batch whose calls are kept; the value of a key is the key in capitals, and "none" has none. */
function recordCalls(maxPerCall?: number) {
  const calls: (readonly string[])[] = [];
  const ask = createBatch((keys) => {
    calls.push(keys);
    if (keys.includes("broken")) return Promise.reject(new Error("refused"));
    const known = keys.filter((key) => key !== "none");
    return Promise.resolve(new Map(known.map((key) => [key, key.toUpperCase()])));
  }, maxPerCall);
  return { calls, ask };
}

Deno.test("questions of one moment are one call, each key once", async () => {
  const { calls, ask } = recordCalls();
  assert.deepEqual(await Promise.all([ask("a"), ask("b"), ask("a"), ask("none")]), ["A", "B", "A", null]);
  assert.deepEqual(calls, [["a", "b", "none"]]);
  assert.equal(await ask("a"), "A");
  assert.equal(calls.length, 2);
});

Deno.test("a call takes no more keys than the server does", async () => {
  const { calls, ask } = recordCalls(2);
  assert.deepEqual(await Promise.all(["a", "b", "c"].map(ask)), ["A", "B", "C"]);
  assert.deepEqual(calls, [["a", "b"], ["c"]]);
});

Deno.test("a call that fails fails for those alone who waited for it", async () => {
  const { ask } = recordCalls(1);
  const [broken, fine] = await Promise.allSettled([ask("broken"), ask("a")]);
  assert.equal(broken.status, "rejected");
  assert.deepEqual(fine, { status: "fulfilled", value: "A" });
});
