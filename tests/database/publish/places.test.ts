import assert from "node:assert/strict";
import type { PostgresError } from "postgres";
import { openDatabase } from "../support/database.ts";
import { addConnection, addPublisher, claim, createPost, type Publisher, readTarget } from "./support.ts";

const DAY_MS = 24 * 3_600_000;

Deno.test("Places of a platform's day", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 20 });
  const setMax = (budget: string, max: number) =>
    admin`update private.provider_budgets set max_count = ${max} where budget = ${budget}`;
  const take = async ({ userId }: Publisher, targetId: string | null) => {
    const [row] = await sql<{ until: Date | null }[]>`
      select public.take_budget('youtube.inserts', 'x', ${userId}, 1, null, ${targetId}) as until`;
    return row!.until;
  };
  /** Noon in Los Angeles, `days` from now. */
  const noon = async (days: number) => {
    const [row] = await admin<{ at: Date }[]>`
      select (date_trunc('day', now() at time zone 'America/Los_Angeles') + interval '12 hours'
        + make_interval(days => ${days})) at time zone 'America/Los_Angeles' as at`;
    return row!.at;
  };
  const clear = async () => {
    await admin`delete from public.published_videos`;
    await admin`delete from private.budget_takes`;
  };
  const first = await addPublisher(admin);
  await setMax("youtube.inserts", 3);

  await t.step("are given to at most so many of 20 who ask at once", async () => {
    const at = await noon(2);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => createPost(sql, first, { scheduledFor: at })),
    );
    const refused = answers.flatMap((each) =>
      each.status === "rejected" ? [each.reason as PostgresError] : []
    );
    assert.equal(refused.length, 17);
    assert.ok(refused.every(({ code, detail }) => code === "PT422" && detail === "day_is_full"));
    assert.match(
      refused[0]!.message,
      /^YouTube takes no more posts on that day\. The next one with room is \d+ /,
    );
    const { platform, next_free_at } = JSON.parse(refused[0]!.hint!);
    assert.equal(platform, "youtube");
    await createPost(sql, first, { scheduledFor: new Date(next_free_at) });
    assert.ok(Math.abs(new Date(next_free_at).getTime() - (await noon(3)).getTime()) < DAY_MS, next_free_at);
  });

  await t.step("come back when a post is moved or canceled, and fail with the whole edit", async () => {
    const [post] = await admin`
      select target.published_video_id as id from public.publishing_queue as target order by target.id limit 1`;
    const [full, free] = [await noon(2), await noon(5)];
    const { published_video_id: other } = await createPost(sql, first, { scheduledFor: free });
    const move = (id: string, to: Date) =>
      sql`select public.edit_post(${first.userId}, ${id}, ${sql.json({ scheduled_for: to })})`;
    await assert.rejects(move(other, full), { detail: "day_is_full" });
    const [kept] =
      await admin`select scheduled_for from public.publishing_queue where published_video_id = ${other}`;
    assert.deepEqual(kept!.scheduled_for, free);
    await move(post!.id, free);
    await move(other, full);
    await assert.rejects(createPost(sql, first, { scheduledFor: full }), { detail: "day_is_full" });
    await sql`select public.cancel_post(${first.userId}, ${other})`;
    await createPost(sql, first, { scheduledFor: full });
    await clear();
  });

  await t.step("of today are not taken by what is posted now, nor by what has none", async () => {
    const soon = new Date(Date.now() + 60_000);
    const reserved = await Promise.all([1, 2, 3].map(() => createPost(sql, first, { scheduledFor: soon })));
    await assert.rejects(createPost(sql, first), { detail: "day_is_full" });
    assert.notEqual(await take(first, null), null, "a second try of somebody leaves them alone");
    for (const { targets: [target] } of reserved) assert.equal(await take(first, target!.id), null);
    assert.notEqual(await take(first, reserved[0]!.targets[0]!.id), null, "each has one place");
    await clear();
  });

  await t.step("are free at the time that was told to somebody who posts now", async () => {
    for (let i = 0; i < 3; i++) await createPost(sql, first);
    const full = await createPost(sql, first).then(() => null, (error: PostgresError) => error);
    await createPost(sql, first, { scheduledFor: new Date(JSON.parse(full!.hint!).next_free_at) });
    await clear();
  });

  await t.step("go back when a target fails", async () => {
    const made = await Promise.all([1, 2, 3].map(() => createPost(sql, first)));
    await assert.rejects(createPost(sql, first), { detail: "day_is_full" });
    const [job] = await claim(sql, 1, 1);
    await sql`select public.park_publish_job(${job!.target_id}, ${job!.lease_token}, 'failed', 'x', 'x')`;
    const row = await readTarget(admin, job!.target_id);
    assert.deepEqual([made.length, row.status], [3, "failed"]);
    await createPost(sql, first);
    await clear();
  });

  await t.step("are shared: the first half for who comes first, an equal part for everybody", async () => {
    await setMax("youtube.inserts", 10);
    const second = await addPublisher(admin);
    const at = await noon(4);
    let greedy = 0;
    for (; greedy < 11; greedy++) {
      if (!await createPost(sql, first, { scheduledFor: at }).catch(() => null)) break;
    }
    assert.equal(greedy, 5);
    for (let i = 0; i < 5; i++) await createPost(sql, second, { scheduledFor: at });
    await assert.rejects(createPost(sql, second, { scheduledFor: at }), { detail: "day_is_full" });
    await clear();
  });

  await t.step("of a limit that rolls hold in every window", async () => {
    await setMax("instagram.publishes", 2);
    const connectionId = await addConnection(admin, first.userId, "instagram");
    const base = Date.now() + 10 * DAY_MS;
    const at = (hours: number) =>
      createPost(sql, first, {
        scheduledFor: new Date(base + hours * 3_600_000),
        connectionIds: [connectionId],
      }, "instagram");
    await at(0);
    await at(23);
    await assert.rejects(at(12), { detail: "day_is_full" });
    await assert.rejects(at(-0.5), { detail: "day_is_full" });
    await at(25);
    await assert.rejects(at(24), { detail: "day_is_full" }, "with 23 and 25");
    const refusal = await at(23.5).catch((error: PostgresError) => error) as PostgresError;
    assert.deepEqual(JSON.parse(refusal.hint!).platform, "instagram");
    const free = new Date(JSON.parse(refusal.hint!).next_free_at).getTime();
    assert.ok(free >= base + 47 * 3_600_000, "a day after the second of three");
    const other = await addConnection(admin, first.userId, "instagram");
    await createPost(sql, first, { scheduledFor: new Date(base), connectionIds: [other] }, "instagram");
  });
});
