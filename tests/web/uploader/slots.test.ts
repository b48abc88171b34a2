import assert from "node:assert/strict";
import { createSlots } from "../../../web/src/features/uploads/uploader/slots.ts";

const never = new AbortController().signal;

Deno.test("slots are given first come first served", async () => {
  const slots = createSlots(1);
  const order: number[] = [];
  const first = await slots.take(never);
  const others = [1, 2].map((n) => slots.take(never).then((release) => (order.push(n), release())));
  first();
  await Promise.all(others);
  assert.deepEqual(order, [1, 2]);
});

Deno.test("slots given back twice are free once", async () => {
  const slots = createSlots(1);
  const release = await slots.take(never);
  release();
  release();
  await slots.take(never);
  let isSecond = false;
  void slots.take(never).then(() => isSecond = true);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(isSecond, false);
});

Deno.test("slots skip those who left the queue", async () => {
  const slots = createSlots(1);
  const release = await slots.take(never);
  const leaving = new AbortController();
  const gone = slots.take(leaving.signal);
  const next = slots.take(never);
  leaving.abort(new Error("left"));
  await assert.rejects(gone, /left/);
  release();
  (await next)();
});
