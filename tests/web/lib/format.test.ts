import assert from "node:assert/strict";
import { formatBytes } from "../../../web/src/lib/format-bytes.ts";
import { formatWhen } from "../../../web/src/lib/format-date.ts";
import { formatDuration, formatTimeLeft } from "../../../web/src/lib/format-duration.ts";

Deno.test("formatBytes shows three figures in decimal units", () => {
  const shown = [0, 999, 1000, 15_400, 312_400_000, 1_073_741_824, 268_435_456_000, 5e15].map(formatBytes);
  assert.deepEqual(shown, ["0 B", "999 B", "1.00 kB", "15.4 kB", "312 MB", "1.07 GB", "268 GB", "5000 TB"]);
});

Deno.test("formatBytes shows a dash for what is no size", () => {
  assert.deepEqual([NaN, -1, Infinity].map(formatBytes), ["–", "–", "–"]);
});

Deno.test("formatDuration shows minutes and, when needed, hours", () => {
  const shown = [0, 9_400, 59_600, 161_000, 3_729_000].map(formatDuration);
  assert.deepEqual(shown, ["0:00", "0:09", "1:00", "2:41", "1:02:09"]);
});

Deno.test("formatTimeLeft rounds up to calm steps", () => {
  const shown = [2, 12, 61, 3599, 3601, 7199].map(formatTimeLeft);
  assert.deepEqual(shown, [
    "a moment left",
    "15 s left",
    "2 min left",
    "60 min left",
    "1 h 1 min left",
    "2 h left",
  ]);
});

Deno.test("formatWhen gets coarser as time passes", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const shown = [
    "2026-11-21T11:59:30Z",
    "2026-11-21T11:55:00Z",
    "2026-11-21T09:00:00Z",
    "2026-11-20T11:00:00Z",
    "2026-03-03T12:00:00Z",
    "2025-03-03T12:00:00Z",
  ].map((instant) => formatWhen(instant, now));
  assert.deepEqual(shown, ["just now", "5 minutes ago", "3 hours ago", "yesterday", "Mar 3", "Mar 3, 2025"]);
});

Deno.test("formatWhen takes a clock that runs behind for now", () => {
  assert.equal(formatWhen("2026-11-21T12:00:05Z", new Date("2026-11-21T12:00:00Z")), "just now");
});
