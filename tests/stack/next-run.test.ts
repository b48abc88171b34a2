import assert from "node:assert/strict";
import { nextRun } from "../../stack/worker/next-run.ts";

function next(schedule: string, after: string): string | undefined {
  return nextRun(schedule, new Date(after))?.toISOString();
}

Deno.test("an interval counts from the last start", () => {
  assert.equal(next("5 seconds", "2026-03-01T10:00:00.250Z"), "2026-03-01T10:00:05.250Z");
  assert.equal(next("1 second", "2026-03-01T10:00:59.000Z"), "2026-03-01T10:01:00.000Z");
});

Deno.test("five fields are read in UTC", () => {
  assert.equal(next("*/15 9 * * *", "2026-03-01T09:00:00Z"), "2026-03-01T09:15:00.000Z");
  assert.equal(next("0 3 * * *", "2026-03-29T01:30:00Z"), "2026-03-29T03:00:00.000Z");
});

Deno.test("a dollar sign is the last day of the month", () => {
  assert.equal(next("0 0 $ * *", "2028-02-10T00:00:00Z"), "2028-02-29T00:00:00.000Z");
});

Deno.test("day of month and day of week are alternatives", () => {
  assert.equal(next("0 0 15 * mon", "2026-03-03T00:00:00Z"), "2026-03-09T00:00:00.000Z");
  assert.equal(next("0 0 15 * mon", "2026-03-10T00:00:00Z"), "2026-03-15T00:00:00.000Z");
});

Deno.test("a day that never comes is no run", () => {
  assert.equal(next("0 0 30 2 *", "2026-01-01T00:00:00Z"), undefined);
});
