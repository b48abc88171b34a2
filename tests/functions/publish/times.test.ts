import assert from "node:assert/strict";
import { instantsOfLocalTime, nextMidnight } from "../../../supabase/functions/_shared/core/time-zone.ts";
import { isAmbiguousTime, resolveTime } from "../../../supabase/functions/publish/rules/resolve-time.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const local = (text: string) => new Date(`${text}Z`);

Deno.test("Times: a local time is an instant in its zone", () => {
  assert.equal(
    resolveTime("2026-07-01T18:00:00", "Europe/Berlin", NOW).toISOString(),
    "2026-07-01T16:00:00.000Z",
  );
  assert.equal(
    resolveTime("2026-03-05T18:00:00", "Asia/Kathmandu", NOW).toISOString(),
    "2026-03-05T12:15:00.000Z",
  );
});

Deno.test("Times: an offset rules over the zone", () => {
  assert.equal(
    resolveTime("2026-07-01T18:00:00-04:00", "Europe/Berlin", NOW).toISOString(),
    "2026-07-01T22:00:00.000Z",
  );
});

Deno.test("Times: clocks skip an hour when summer time begins", () => {
  assert.deepEqual(instantsOfLocalTime("America/New_York", local("2026-03-08T02:30:00")), []);
  assert.throws(() => resolveTime("2026-03-08T02:30:00", "America/New_York", NOW), {
    code: "time_does_not_exist",
  });
  assert.equal(
    resolveTime("2026-03-08T03:00:00", "America/New_York", NOW).toISOString(),
    "2026-03-08T07:00:00.000Z",
  );
});

Deno.test("Times: of an hour that is there twice the earlier is taken", () => {
  const both = instantsOfLocalTime("America/New_York", local("2026-11-01T01:30:00"));
  assert.deepEqual(both.map((each) => each.toISOString()), [
    "2026-11-01T05:30:00.000Z",
    "2026-11-01T06:30:00.000Z",
  ]);
  assert.equal(resolveTime("2026-11-01T01:30:00", "America/New_York", NOW).getTime(), both[0]!.getTime());
  assert.ok(isAmbiguousTime("2026-11-01T01:30:00", "America/New_York"));
  assert.ok(!isAmbiguousTime("2026-11-01T01:30:00-04:00", "America/New_York"));
});

Deno.test("Times: a change of half an hour", () => {
  assert.deepEqual(instantsOfLocalTime("Australia/Lord_Howe", local("2026-10-04T02:15:00")), []);
  assert.equal(instantsOfLocalTime("Australia/Lord_Howe", local("2026-04-05T01:45:00")).length, 2);
});

Deno.test("Times: midnight in Los Angeles", () => {
  const zone = "America/Los_Angeles";
  const next = (text: string) => nextMidnight(zone, new Date(text)).toISOString();
  assert.equal(next("2026-07-01T06:59:59Z"), "2026-07-01T07:00:00.000Z");
  assert.equal(next("2026-07-01T07:00:00Z"), "2026-07-02T07:00:00.000Z");
  assert.equal(next("2026-03-08T09:00:00Z"), "2026-03-09T07:00:00.000Z");
  assert.equal(next("2026-11-01T08:00:00Z"), "2026-11-02T08:00:00.000Z");
});

Deno.test("Times: what is over or too far is refused", () => {
  assert.throws(() => resolveTime("2026-03-01T11:54:00Z", undefined, NOW), { code: "scheduled_in_past" });
  assert.equal(resolveTime("2026-03-01T11:56:00Z", undefined, NOW).toISOString(), "2026-03-01T11:56:00.000Z");
  assert.throws(() => resolveTime("2027-03-03T12:00:00Z", undefined, NOW), { code: "scheduled_too_far" });
  assert.throws(() => resolveTime("2026-03-02T12:00:00", undefined, NOW), { code: "time_zone_required" });
  for (const zone of ["Moon/Crater", "+05:30", "+0530", "-03", ""]) {
    assert.throws(() => resolveTime("2026-03-02T12:00:00", zone, NOW), { code: "unknown_time_zone" }, zone);
  }
});
