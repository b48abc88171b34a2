import assert from "node:assert/strict";
import { formatTime } from "../../../web/src/lib/format-time.ts";
import { toInstant, toLocal } from "../../../web/src/lib/zoned-time.ts";

const iso = (local: string, zone: string) => {
  const time = toInstant(local, zone);
  return time.kind === "never" ? "never" : `${time.kind} ${time.instant.toISOString()}`;
};

Deno.test("a local time becomes the moment its zone's clocks show it", () => {
  assert.equal(iso("2026-01-15T14:30", "Europe/Berlin"), "once 2026-01-15T13:30:00.000Z");
  assert.equal(iso("2026-07-15T14:30", "Europe/Berlin"), "once 2026-07-15T12:30:00.000Z");
  assert.equal(iso("2026-01-15T14:30", "Asia/Kathmandu"), "once 2026-01-15T08:45:00.000Z");
  assert.equal(iso("2026-12-31T23:59", "America/Los_Angeles"), "once 2027-01-01T07:59:00.000Z");
});

Deno.test("a time in the gap of a clock change never comes", () => {
  assert.equal(iso("2026-03-29T02:30", "Europe/Berlin"), "never");
  assert.equal(iso("2026-03-29T03:00", "Europe/Berlin"), "once 2026-03-29T01:00:00.000Z");
});

Deno.test("of a time that comes twice the earlier one counts", () => {
  assert.equal(iso("2026-10-25T02:30", "Europe/Berlin"), "twice 2026-10-25T00:30:00.000Z");
  assert.equal(iso("2026-11-01T01:15", "America/New_York"), "twice 2026-11-01T05:15:00.000Z");
});

Deno.test("every minute around a clock change survives the way there and back", () => {
  const start = Date.parse("2026-10-24T22:00Z");
  for (let minute = 0; minute < 360; minute += 7) {
    const moment = new Date(start + minute * 60_000);
    const time = toInstant(toLocal(moment, "Europe/Berlin"), "Europe/Berlin");
    assert.ok(time.kind !== "never");
    assert.ok([0, 3_600_000].includes(moment.getTime() - time.instant.getTime()), moment.toISOString());
  }
});

Deno.test("formatTime says the day as its zone has it", () => {
  const now = new Date("2026-05-04T21:30Z");
  assert.equal(formatTime(new Date("2026-05-04T21:45Z"), "UTC", now), "today at 21:45");
  assert.equal(formatTime(new Date("2026-05-04T22:15Z"), "Europe/Berlin", now), "tomorrow at 00:15");
  assert.equal(formatTime(new Date("2026-05-05T22:15Z"), "UTC", now), "tomorrow at 22:15");
  assert.equal(formatTime(new Date("2026-05-09T08:00Z"), "UTC", now), "Sat 9 May at 08:00");
  assert.equal(formatTime(new Date("2027-01-02T08:00Z"), "UTC", now), "Sat 2 Jan 2027 at 08:00");
});
