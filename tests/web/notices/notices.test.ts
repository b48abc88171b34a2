import assert from "node:assert/strict";
import { groupByDay } from "../../../web/src/features/notices/rules/group-by-day.ts";
import { lookOf } from "../../../web/src/features/notices/rules/notice-look.ts";
import { compareGroups, wordsOf } from "../../../web/src/features/notices/rules/preference-words.ts";
import { toLink } from "../../../web/src/features/notices/rules/to-link.ts";

const NOW = new Date("2026-11-21T01:00:00Z");
const at = (...times: string[]) => times.map((created_at) => ({ created_at }));

Deno.test("groupByDay names days by their user's own clock", () => {
  const items = at(
    "2026-11-21T00:30:00Z",
    "2026-11-20T23:30:00Z",
    "2026-11-19T12:00:00Z",
    "2025-12-31T12:00:00Z",
  );
  const label = (timeZone: string) =>
    groupByDay(items, timeZone, NOW).map(({ label, items }) => `${label}: ${items.length}`);
  assert.deepEqual(label("UTC"), [
    "Today: 1",
    "Yesterday: 1",
    "Thursday 19 November: 1",
    "Wednesday 31 December 2025: 1",
  ]);
  assert.deepEqual(label("Asia/Tokyo"), [
    "Today: 2",
    "Thursday 19 November: 1",
    "Wednesday 31 December 2025: 1",
  ]);
});

Deno.test("groupByDay makes nothing of nothing", () => {
  assert.deepEqual(groupByDay([], "UTC", NOW), []);
});

Deno.test("lookOf tells good from bad, and knows kinds that are newer than the page", () => {
  const tones = Object.entries({
    "publish.published": "success",
    "publish.bulk_finished": "info",
    "publish.failed": "danger",
    "publish.unknown": "danger",
    "publish.needs_reauth": "warning",
    "publish.account_expiring": "warning",
    "publish.readiness": "warning",
    "account.welcome": "info",
    "something.new": "info",
  });
  for (const [kind, tone] of tones) assert.equal(lookOf(kind).tone, tone, kind);
});

Deno.test("compareGroups puts what matters first and what is unknown last", () => {
  const groups = ["other", "newer", "accounts", "published", "readiness", "problems"];
  assert.deepEqual(groups.toSorted(compareGroups), [
    "published",
    "problems",
    "readiness",
    "accounts",
    "other",
    "newer",
  ]);
  assert.equal(wordsOf("newer").title, "newer");
});

Deno.test("toLink takes path and search of a notice apart", () => {
  assert.deepEqual(toLink("/posts/1"), { to: "/posts/1", search: {} });
  assert.deepEqual(toLink("/settings/accounts?account=a-1"), {
    to: "/settings/accounts",
    search: { account: "a-1" },
  });
  assert.equal(toLink("//evil.example/x").to, "/x");
});
