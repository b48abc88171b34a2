import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addBulkMaker, addSlots, addVideos, createBulk, makeAll, readTimes } from "./support.ts";

const DAY_MS = 86_400_000;
const YOUTUBE = ["youtube"] as const;

Deno.test("Times of a bulk", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const setMax = (budget: string, max: number) =>
    admin`update private.provider_budgets set max_count = ${max} where budget = ${budget}`;
  const dayOf = (at: Date) => at.toLocaleDateString("en-CA", { timeZone: "America/Los_Angeles" });
  const clear = async () => {
    await admin`delete from public.publish_bulks`;
    await admin`delete from public.published_videos`;
  };
  /** Noon in Los Angeles, `days` from now. */
  const noon = async (days: number) => {
    const [row] = await admin<{ at: Date }[]>`
      select (date_trunc('day', now() at time zone 'America/Los_Angeles') + interval '12 hours'
        + make_interval(days => ${days})) at time zone 'America/Los_Angeles' as at`;
    return row!.at;
  };
  const maker = await addBulkMaker(admin);
  const videos = await addVideos(admin, maker.userId, 12);
  await addSlots(admin, maker.userId, ["09:00", "18:00"]);

  await t.step("take the next slots of each account, one post in each", async () => {
    const taken = await createBulk(sql, maker, videos.slice(0, 1), { kind: "slots" }, YOUTUBE);
    await makeAll(sql, maker, taken, YOUTUBE);
    const bulkId = await createBulk(sql, maker, videos.slice(1, 6), { kind: "slots" });
    await makeAll(sql, maker, bulkId);
    const [first] = await readTimes(sql, taken);
    const youtube = await readTimes(sql, bulkId);
    const instagram = await readTimes(sql, bulkId, "instagram");
    assert.equal(new Set([first, ...youtube].map(Number)).size, 6, "a slot has two posts");
    assert.deepEqual(youtube, youtube.toSorted((one, other) => Number(one) - Number(other)));
    assert.deepEqual(instagram.slice(1, 5), youtube.slice(0, 4), "Instagram has the slot YouTube had taken");
    await clear();
  });

  await t.step("go on in slots of the next days where a day is full", async () => {
    await setMax("youtube.inserts", 1);
    const bulkId = await createBulk(sql, maker, videos.slice(0, 4), { kind: "slots" }, YOUTUBE);
    await makeAll(sql, maker, bulkId, YOUTUBE);
    const times = await readTimes(sql, bulkId);
    assert.equal(times.length, 4);
    assert.equal(new Set(times.map(dayOf)).size, 4, times.map(dayOf).join());
    assert.ok(times.every((at) => [9, 18].includes(at.getUTCHours())), "not in a slot");
    const [note] = await admin`
      select count(*)::integer as moved from public.publish_bulk_items where note = 'day_is_full'`;
    assert.ok(note!.moved >= 1);
    await clear();
  });

  await t.step("are at once, and the next days for what is too much for today", async () => {
    await setMax("youtube.inserts", 2);
    const bulkId = await createBulk(sql, maker, videos.slice(0, 5), { kind: "now" }, YOUTUBE);
    await makeAll(sql, maker, bulkId, YOUTUBE);
    const times = await readTimes(sql, bulkId);
    const today = dayOf(new Date());
    assert.equal(times.filter((at) => dayOf(at) === today).length, 2);
    const perDay = Object.groupBy(times, dayOf);
    assert.ok(Object.values(perDay).every((own) => own!.length <= 2));
    assert.equal(times.length, 5);
    await setMax("youtube.inserts", 100);
    await clear();
  });

  await t.step(
    "are spread when an account's own limit of 24 hours is reached, not those of others",
    async () => {
      await setMax("instagram.publishes", 2);
      const start = await noon(2);
      const spread = { kind: "every", minutes: 60, starting_at: start.toISOString(), time_zone: "UTC" };
      const bulkId = await createBulk(sql, maker, videos.slice(0, 5), spread);
      await makeAll(sql, maker, bulkId);
      const instagram = await readTimes(sql, bulkId, "instagram");
      for (const at of instagram) {
        const within = instagram.filter((other) => other >= at && other.getTime() < at.getTime() + DAY_MS);
        assert.ok(within.length <= 2, "three posts within 24 hours");
      }
      const youtube = await readTimes(sql, bulkId);
      assert.deepEqual(youtube.map((at) => (at.getTime() - start.getTime()) / 3_600_000), [0, 1, 2, 3, 4]);
      await setMax("instagram.publishes", 50);
      await clear();
    },
  );

  await t.step("keep the clock's time over a change of it when the steps are whole days", async () => {
    const year = new Date().getUTCFullYear() + 1;
    const change = new Date(Date.UTC(year, 3, 0));
    change.setUTCDate(change.getUTCDate() - change.getUTCDay());
    const times = async (zone: string, local: string, minutes: number, count: number) => {
      const [row] = await admin<{ times: string[] }[]>`
        select array_agg(to_char(
          private.step_time(${local}::timestamp at time zone ${zone}, ${zone}, ${minutes}, step) at time zone ${zone},
          'HH24:MI'
        ) order by step) as times from generate_series(0, ${count}::integer) as step`;
      return row!.times;
    };
    const eve = new Date(change.getTime() - DAY_MS).toISOString().slice(0, 10);
    assert.deepEqual(await times("Europe/Berlin", `${eve}T12:00`, 1440, 2), ["12:00", "12:00", "12:00"]);
    assert.deepEqual(await times("Europe/Berlin", `${eve}T02:30`, 1440, 2), ["02:30", "03:30", "02:30"]);
    assert.deepEqual(await times("Europe/Berlin", `${eve}T23:30`, 120, 2), ["23:30", "01:30", "04:30"]);
  });

  await t.step(
    "more than a year away, and a week without free slots, are the video's own failure",
    async () => {
      const spread = {
        kind: "every",
        minutes: 43_200,
        starting_at: new Date(Date.now() + 350 * DAY_MS).toISOString(),
        time_zone: "UTC",
      };
      const bulkId = await createBulk(sql, maker, videos.slice(0, 2), spread, YOUTUBE);
      await assert.rejects(makeAll(sql, maker, bulkId, YOUTUBE), { detail: "scheduled_too_far" });
      assert.equal((await readTimes(sql, bulkId)).length, 1);
      const beyond = { kind: "slots", starting_at: new Date(Date.now() + 370 * DAY_MS).toISOString() };
      const late = await createBulk(sql, maker, videos.slice(4, 5), beyond, YOUTUBE);
      await assert.rejects(makeAll(sql, maker, late, YOUTUBE), { detail: "no_free_slot" });
      const other = await addBulkMaker(admin);
      const [video] = await addVideos(admin, other.userId, 1);
      await assert.rejects(createBulk(sql, other, [video!], { kind: "slots" }), {
        detail: "posting_slots_missing",
      });
    },
  );
});
