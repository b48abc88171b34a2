import assert from "node:assert/strict";
import { retry } from "../../../supabase/functions/_shared/core/retry.ts";

function failing(times: number) {
  let calls = 0;
  return {
    call: () => ++calls <= times ? Promise.reject(new Error(`failure ${calls}`)) : Promise.resolve(calls),
    get calls() {
      return calls;
    },
  };
}

const pauses: number[] = [];
const options = {
  attempts: 3,
  baseMs: 100,
  capMs: 1000,
  isRetryable: () => true,
  random: () => 1,
  sleep: (milliseconds: number) => (pauses.push(milliseconds), Promise.resolve()),
};

Deno.test("A call that recovers is repeated with growing pauses", async () => {
  pauses.length = 0;
  assert.equal(await retry(failing(2).call, options), 3);
  assert.deepEqual(pauses, [100, 200]);
});

Deno.test("The last failure is thrown after the last attempt", async () => {
  const work = failing(9);
  await assert.rejects(() => retry(work.call, options), /failure 3/);
  assert.equal(work.calls, 3);
});

Deno.test("A failure that is not retryable is thrown at once", async () => {
  const work = failing(9);
  await assert.rejects(() => retry(work.call, { ...options, isRetryable: () => false }), /failure 1/);
  assert.equal(work.calls, 1);
});

Deno.test("The pause a service asks for wins over the own one", async () => {
  pauses.length = 0;
  await retry(failing(1).call, { ...options, askedPauseMs: () => 700 });
  assert.deepEqual(pauses, [700]);
});

Deno.test("A longer pause than the cap ends the retries", async () => {
  const work = failing(1);
  await assert.rejects(() => retry(work.call, { ...options, askedPauseMs: () => 60_000 }), /failure 1/);
  assert.equal(work.calls, 1);
});
