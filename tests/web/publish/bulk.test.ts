import assert from "node:assert/strict";
import type { Bulk } from "../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import {
  buildSpread,
  checkSpread,
  type SpreadDraft,
} from "../../../web/src/features/publish/rules/bulk-draft.ts";
import {
  countBulk,
  describeBulk,
  describeUndone,
} from "../../../web/src/features/publish/rules/describe-bulk.ts";
import { insertText } from "../../../web/src/features/publish/rules/insert-text.ts";
import { isSharedPlan, planBulk, skippedSlots } from "../../../web/src/features/publish/rules/plan-bulk.ts";
import { startDraft } from "../../../web/src/features/publish/rules/start-draft.ts";

const EVERY: SpreadDraft = {
  kind: "every",
  amount: "1",
  unit: "days",
  timeZone: "Europe/Berlin",
  localTime: "2027-03-27T02:30",
};
const BEFORE = new Date("2027-01-01T00:00:00Z");
const ONE = "0190a000-0000-7000-8000-000000000001";

Deno.test("planBulk: steps of whole days keep the clock's time over its change", () => {
  const times = planBulk(EVERY, 3, [ONE]).map(([time]) => time!.at?.toISOString());
  assert.deepEqual(times, [
    "2027-03-27T01:30:00.000Z",
    "2027-03-28T01:30:00.000Z",
    "2027-03-29T00:30:00.000Z",
  ]);
});

Deno.test("planBulk: other steps are time that passes", () => {
  const times = planBulk({ ...EVERY, unit: "hours", amount: "24" }, 2, [ONE]);
  assert.equal(times.length, 2);
  const hourly = planBulk({ ...EVERY, unit: "hours", amount: "25" }, 2, [ONE]).map(([time]) => time!.at!);
  assert.equal(hourly[1]!.getTime() - hourly[0]!.getTime(), 25 * 3_600_000);
});

Deno.test("planBulk: every account has its own slots, and runs out of them alone", () => {
  const slot = (at: string | null, local_at: string) => ({ at, local_at, note: null });
  const free = [
    { connection_id: "a", slots: [slot(null, "2027-03-28T02:30:00"), slot("2027-04-01T10:00:00Z", "x")] },
    { connection_id: "b", slots: [] },
  ];
  const plan = planBulk({ ...EVERY, kind: "slots" }, 2, ["a", "b"], free);
  assert.equal(plan[0]![0]!.at?.toISOString(), "2027-04-01T10:00:00.000Z");
  assert.deepEqual(plan.flat().map(({ isMissing }) => isMissing ?? false), [false, true, true, true]);
  assert.deepEqual(skippedSlots(free), ["2027-03-28T02:30:00"]);
});

Deno.test("isSharedPlan: true only when all accounts have the same times", () => {
  const slots = (...times: string[]) => times.map((at) => ({ at, local_at: at, note: null }));
  const shares = (one: string[], other: string[]) =>
    isSharedPlan(planBulk({ ...EVERY, kind: "slots" }, 2, ["a", "b"], [
      { connection_id: "a", slots: slots(...one) },
      { connection_id: "b", slots: slots(...other) },
    ]));
  const [first, second, third] = ["2027-04-01T10:00:00Z", "2027-04-02T10:00:00Z", "2027-04-03T10:00:00Z"];
  assert.equal(shares([first, second], [first, second]), true);
  assert.equal(shares([first, second], [first, third]), false);
  assert.equal(shares([first, second], [first]), false, "one of them runs out");
  assert.equal(isSharedPlan(planBulk({ ...EVERY, kind: "now" }, 2, ["a", "b"])), true);
  assert.equal(isSharedPlan(planBulk(EVERY, 2, ["a", "b"])), true);
});

Deno.test("checkSpread: says what is wrong with steps and their beginning", () => {
  assert.deepEqual(checkSpread({ ...EVERY, kind: "now", amount: "x" }, BEFORE), {});
  assert.ok(checkSpread({ ...EVERY, amount: "0" }, BEFORE).amount);
  assert.ok(checkSpread({ ...EVERY, amount: "31" }, BEFORE).amount);
  assert.match(checkSpread({ ...EVERY, localTime: "2027-03-28T02:30" }, BEFORE).localTime!, /does not exist/);
  assert.match(checkSpread({ ...EVERY, localTime: "2026-01-01T10:00" }, BEFORE).localTime!, /has passed/);
  assert.deepEqual(buildSpread(EVERY), {
    kind: "every",
    minutes: 1440,
    starting_at: "2027-03-27T02:30:00",
    time_zone: "Europe/Berlin",
  });
});

Deno.test("insertText: a template stands behind what is written already", () => {
  const draft = { ...startDraft([], "", "UTC"), caption: "Hello", hashtags: "kettle" };
  const text = {
    caption: "{title}",
    hashtags: ["Kettle", "coffee"],
    variants: { tiktok: { caption: "Short", hashtags: ["x"] } },
  };
  assert.deepEqual(insertText(draft, text), {
    caption: "Hello\n\n{title}",
    hashtags: "kettle coffee",
    ownTexts: { tiktok: { caption: "Short", hashtags: "x" } },
  });
});

const bulk = (change: Partial<Bulk>, posts: Partial<Bulk["platforms"][number]>): Bulk => ({
  id: ONE,
  status: "running",
  total: 12,
  spread: { kind: "now" },
  created_at: "2027-01-01T00:00:00Z",
  finished_at: null,
  videos: { waiting: 0, made: 12, failed: 0, canceled: 0 },
  platforms: [{
    ...{ platform: "youtube" as const, connection_id: null, total: 12, waiting: 0, failed: 0, published: 0 },
    ...{ needs_user: 0, canceled: 0, first_at: "2027-01-02T00:00:00Z", last_at: "2027-01-03T12:00:00Z" },
    ...posts,
  }],
  items: [],
  ...change,
});

Deno.test("describeBulk: a word and a sentence for every state", () => {
  const say = (change: Partial<Bulk>, posts: Partial<Bulk["platforms"][number]>) => {
    const { label, sentence } = describeBulk(bulk(change, posts), "UTC", BEFORE);
    return `${label}: ${sentence}`;
  };
  const making = { status: "making" as const, videos: { waiting: 9, made: 3, failed: 0, canceled: 0 } };
  assert.equal(
    say(making, { total: 3, waiting: 3 }),
    "Getting ready: 3 of 12 videos planned. You can close this page.",
  );
  assert.equal(
    say({}, { waiting: 12 }),
    "Planned: 12 posts to go. The last one goes out Sun 3 Jan at 12:00.",
  );
  assert.equal(
    say({}, { waiting: 2, published: 9, failed: 1 }),
    "Under way: 9 posts published, 2 to go, 1 needs you. The last one goes out Sun 3 Jan at 12:00.",
  );
  assert.equal(say({ status: "finished" }, { published: 12 }), "Done: 12 posts published.");
  assert.equal(
    say({ status: "finished" }, { published: 10, needs_user: 2 }),
    "Needs you: 10 posts published, 2 need you.",
  );
  assert.equal(say({ status: "finished" }, { failed: 2 }), "Needs you: 2 posts need you.");
  assert.equal(
    say({ status: "canceled" }, { canceled: 12 }),
    "Undone: Undone before anything went out. 12 stopped.",
  );
});

Deno.test("countBulk: videos that are still to be made count with all their posts", () => {
  const counts = countBulk(
    bulk({ videos: { waiting: 9, made: 3, failed: 0, canceled: 0 } }, { total: 6, waiting: 5, published: 1 }),
  );
  assert.deepEqual(counts, { published: 1, stopped: 0, canceled: 0, waiting: 23, total: 24 });
});

Deno.test("describeUndone: says what it stopped and what it could not", () => {
  const said = describeUndone({ videos: 3, targets: 4, published: 2, going_out: 1 });
  assert.equal(
    said,
    "4 posts stopped, 3 videos not planned any more, 2 had gone out already, 1 on the way right now.",
  );
});
