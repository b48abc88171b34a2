import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost } from "./support.ts";

Deno.test("Budgets of the platforms' limits", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 20 });
  const { userId } = await addPublisher(admin);
  await admin`
    insert into private.provider_budgets (budget, scope, max_count, window_kind, window_seconds, description) values
      ('test.rolling', 'account', 50, 'rolling', 3600, 'A test.'), ('test.day', 'app', 3, 'pacific_day', 86400, 'A test.')`;

  const take = async (
    budget: string,
    account: string,
    amount = 1,
    knownMax: number | null = null,
    user = userId,
    targetId: string | null = null,
  ) => {
    const [row] = await sql<{ until: Date | null }[]>`
      select public.take_budget(${budget}, ${account}, ${user}, ${amount}, ${knownMax}, ${targetId}) as until`;
    return row!.until;
  };

  await t.step("are never exceeded by 20 takers at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        let count = 0;
        for (let i = 0; i < 5; i++) if (await take("test.rolling", "a") === null) count++;
        return count;
      }),
    );
    assert.equal(answers.reduce((sum, count) => sum + count, 0), 50);
  });

  await t.step("free as the window rolls on, one by one", async () => {
    const until = await take("test.rolling", "a");
    const [oldest] = await admin<{ at: Date }[]>`
      select min(taken_at) + interval '1 hour' as at from private.budget_takes where budget = 'test.rolling'`;
    assert.deepEqual(until, oldest!.at);
    await admin`
      update private.budget_takes set taken_at = taken_at - interval '1 hour'
      where id in (select id from private.budget_takes where scope_key = 'a' order by taken_at limit 2)`;
    assert.equal(await take("test.rolling", "a", 2), null);
    assert.notEqual(await take("test.rolling", "a"), null);
  });

  await t.step("take nothing where the platform allows nothing", async () => {
    assert.notEqual(await take("test.rolling", "b", 1, 0), null);
    assert.equal(await take("test.rolling", "b", 1, 1), null);
    assert.notEqual(await take("test.rolling", "b", 1, 1), null);
  });

  await t.step("count for each account by itself", async () => {
    assert.equal(await take("test.rolling", "c"), null);
  });

  await t.step("of a day end at midnight in Los Angeles, also when clocks change", async () => {
    const days = [
      ["2026-03-08 12:00+00", "2026-03-08 08:00+00", "2026-03-09 07:00+00"],
      ["2026-11-01 20:00+00", "2026-11-01 07:00+00", "2026-11-02 08:00+00"],
      ["2026-07-01 06:59:59+00", "2026-06-30 07:00+00", "2026-07-01 07:00+00"],
      ["2026-07-01 07:00+00", "2026-07-01 07:00+00", "2026-07-02 07:00+00"],
    ] as const;
    for (const [now, startsAt, endsAt] of days) {
      const [row] = await admin`
        select starts_at = ${startsAt}::timestamptz and ends_at = ${endsAt}::timestamptz as is_right
        from private.budget_window('pacific_day', 86400, ${now})`;
      assert.equal(row!.is_right, true, now);
    }
  });

  await t.step("of a day are full until then", async () => {
    for (let i = 0; i < 3; i++) assert.equal(await take("test.day", "x"), null);
    const until = await take("test.day", "y");
    const [row] = await admin`
      select extract(hour from ${until} at time zone 'America/Los_Angeles')::integer as hour,
        ${until} > now() as is_later`;
    assert.deepEqual(row, { hour: 0, is_later: true });
  });

  await t.step("stay taken when the account that took them leaves", async () => {
    const leaver = await addPublisher(admin);
    assert.equal(await take("test.rolling", "d", 50, null, leaver.userId), null);
    await admin`delete from auth.users where id = ${leaver.userId}`;
    assert.notEqual(await take("test.rolling", "d"), null);
  });

  await t.step("of the app leave others their equal part", async () => {
    await admin`update private.provider_budgets set max_count = 10 where budget = 'youtube.inserts'`;
    const others = [await addPublisher(admin), await addPublisher(admin)];
    const waiting = await Promise.all([...others, ...others, ...others].map(async (other) => ({
      user: other.userId,
      targetId: (await createPost(sql, other)).targets[0]!.id,
    })));
    let own = 0;
    while (await take("youtube.inserts", "x") === null) own++;
    assert.equal(own, 4, "ten less the three that each of the two others waits with");
    for (const { user, targetId } of waiting) {
      assert.equal(await take("youtube.inserts", "x", 1, null, user, targetId), null);
    }
  });

  await t.step("are pruned once their window is over", async () => {
    await admin`update private.budget_takes set taken_at = now() - interval '3 days' where scope_key = 'c'`;
    await admin`select private.prune_publishing()`;
    const [left] = await admin`
      select count(*) filter (where scope_key = 'c')::integer as c, count(*) > 0 as has_others
      from private.budget_takes`;
    assert.deepEqual(left, { c: 0, has_others: true });
  });
});
