import assert from "node:assert/strict";
import { backoffMs } from "../../../web/src/features/uploads/uploader/backoff.ts";
import { readRetryAfter } from "../../../web/src/features/uploads/uploader/retry-after.ts";
import { createSpeedMeter, secondsLeft } from "../../../web/src/features/uploads/uploader/speed-meter.ts";

const limits = { minMs: 1000, maxMs: 60_000 };

Deno.test("back-off doubles from one second to one minute", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => backoffMs(failures, 1, limits));
  assert.deepEqual(longest, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

Deno.test("back-off is spread over the upper half", () => {
  assert.deepEqual([0, 0.5, 1].map((random) => backoffMs(3, random, limits)), [4000, 6000, 8000]);
  assert.equal(backoffMs(1, 0, limits), 1000);
});

Deno.test("speed is the average of the last ten seconds", () => {
  const meter = createSpeedMeter();
  for (let second = 0; second <= 20; second++) meter.note(second * 1_000_000, second * 1000);
  for (let second = 21; second <= 31; second++) meter.note(20e6 + (second - 20) * 3_000_000, second * 1000);
  assert.equal(meter.speed(31_000), 3_000_000);
});

Deno.test("speed is unknown at first and falls while nothing moves", () => {
  const meter = createSpeedMeter();
  assert.equal(meter.speed(0), null);
  meter.note(0, 0);
  meter.note(1000, 100);
  assert.equal(meter.speed(100), null);
  assert.equal(meter.speed(1000), 1000);
  assert.equal(meter.speed(4000), 250);
});

Deno.test("speed forgets what went before a step back", () => {
  const meter = createSpeedMeter();
  meter.note(0, 0);
  meter.note(9_000_000, 1000);
  meter.note(5_000_000, 1100);
  meter.note(6_000_000, 2100);
  assert.equal(meter.speed(2100), 1_000_000);
});

Deno.test("time left is whole seconds, and unknown without speed", () => {
  assert.equal(secondsLeft(1001, 100), 11);
  assert.equal(secondsLeft(1000, null), null);
  assert.equal(secondsLeft(1000, 0), null);
});

Deno.test("Retry-After is read in seconds and as an HTTP date", () => {
  const now = Date.parse("2030-01-02T03:04:05Z");
  assert.equal(readRetryAfter("41", now), 41_000);
  assert.equal(readRetryAfter("0", now), 0);
  assert.equal(readRetryAfter("Wed, 02 Jan 2030 03:04:35 GMT", now), 30_000);
  assert.equal(readRetryAfter("Wed, 02 Jan 2030 03:00:00 GMT", now), 0);
  for (const header of [null, undefined, "", "soon", "-1"]) assert.equal(readRetryAfter(header, now), null);
});
