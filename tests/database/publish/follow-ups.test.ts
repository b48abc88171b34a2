import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost, makeReady } from "./support.ts";

interface Work {
  target_id: string;
  kind: string;
  lease_token: string;
  called_at: Date | null;
  settle_until: Date | null;
  platform_post_id: string;
}

Deno.test("What is left to do on a published post", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 10 });
  const publisher = await addPublisher(admin);
  const claim = (limit = 10) => sql<Work[]>`select * from public.claim_publish_follow_ups(${limit}, 60)`;
  const left = () => admin`select * from private.publish_follow_ups order by kind`;
  const makeDue = () =>
    admin`update private.publish_follow_ups set work_at = now(), lease_until =
    case when lease_token is not null then now() end`;

  /** A published post with something left to do. */
  async function publish(kinds: string[], notice: string | null = null): Promise<string> {
    const [target] = (await createPost(sql, publisher)).targets;
    const job = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${job.target_id}, ${job.lease_token}, ${job.revision}, '{}')`;
    const [done] = await sql`
      select public.finish_with_follow_ups(
        ${job.target_id}, ${job.lease_token}, 'post-1', 'https://example.com/1', ${kinds}, ${notice},
        ${notice && "Something to know."}
      ) as ok`;
    assert.equal(done!.ok, true);
    return target!.id;
  }

  const targetOf = async (id: string) =>
    (await admin`select status, error_code, error_message from public.publishing_queue where id = ${id}`)[0]!;

  await t.step("is written with the outcome, and not without it", async () => {
    const id = await publish(["cover", "first_comment"]);
    assert.deepEqual((await left()).map(({ kind, target_id }) => [kind, target_id]), [
      ["cover", id],
      ["first_comment", id],
    ]);
    assert.equal((await targetOf(id)).status, "published");
    const [again] = await sql`
      select public.finish_with_follow_ups(${id}, ${crypto.randomUUID()}, 'x', null, ${["cover"]}) as ok`;
    assert.equal(again!.ok, false);
    assert.equal((await left()).length, 2);
  });

  await t.step("is claimed by one of 10 workers at once", async () => {
    const claims = (await Promise.all(Array.from({ length: 10 }, () => claim()))).flat();
    assert.equal(claims.length, 2);
    assert.deepEqual(claims.map(({ platform_post_id }) => platform_post_id), ["post-1", "post-1"]);
    for (const { target_id, kind, lease_token } of claims) {
      await sql`select public.end_publish_follow_up(${target_id}, ${kind}, ${lease_token})`;
    }
    assert.equal((await left()).length, 0);
  });

  await t.step("takes no word of a worker whose lease was lost", async () => {
    const id = await publish(["cover"]);
    const [old] = await claim();
    await makeDue();
    const [now] = await claim();
    assert.notEqual(now!.lease_token, old!.lease_token);
    const answers = await sql`
      select
        public.begin_follow_up_call(${id}, 'cover', ${old!.lease_token}, 60) as begun,
        public.end_publish_follow_up(${id}, 'cover', ${old!.lease_token}) as ended,
        public.retry_publish_follow_up(${id}, 'cover', ${
      old!.lease_token
    }, false, 'e', 'w', 'c', 'm') as retried`;
    assert.deepEqual({ ...answers[0] }, { begun: false, ended: false, retried: null });
    await sql`select public.end_publish_follow_up(${id}, 'cover', ${now!.lease_token})`;
  });

  await t.step("remembers a call until its outcome is known", async () => {
    const id = await publish(["first_comment"]);
    const [work] = await claim();
    await sql`select public.begin_follow_up_call(${id}, 'first_comment', ${work!.lease_token}, 60)`;
    const retry = (token: string, isOpen: boolean) =>
      sql`select public.retry_publish_follow_up(${id}, 'first_comment', ${token}, ${isOpen}, 'e', 'w', 'c', 'm') as ok`;
    await retry(work!.lease_token, true);
    assert.equal((await claim()).length, 0, "it waits");
    await makeDue();
    const [open] = await claim();
    assert.ok(open!.called_at && open!.settle_until! > open!.called_at);
    await retry(open!.lease_token, false);
    await makeDue();
    const [closed] = await claim();
    assert.deepEqual([closed!.called_at, closed!.settle_until], [null, null]);
    await sql`select public.end_publish_follow_up(${id}, 'first_comment', ${closed!.lease_token})`;
  });

  await t.step("is given up after the last pause, told once, and the post stays published", async () => {
    const id = await publish(["cover"], "made_private");
    await admin`update private.settings set value = '[1, 1]' where key = 'publish.retry_delays_seconds'`;
    const tried: (boolean | null)[] = [];
    for (let count = 0; count < 3; count++) {
      const [work] = await claim();
      const [row] = await sql`
        select public.retry_publish_follow_up(
          ${id}, 'cover', ${work!.lease_token}, false, 'platform_busy', 'Busy.', 'cover_refused', 'No cover.'
        ) as ok`;
      tried.push(row!.ok);
      await makeDue();
    }
    assert.deepEqual(tried, [true, true, false]);
    assert.equal((await left()).length, 0);
    const { status, error_code, error_message } = await targetOf(id);
    assert.deepEqual([status, error_code, error_message], [
      "published",
      "made_private",
      "Something to know. No cover.",
    ]);
    const told = await admin`
      select title, body from public.notifications where kind = 'publish.follow_up_failed'`;
    assert.deepEqual(told.map(({ title, body }) => [title, body]), [[
      "Cover not set on YouTube",
      "No cover.",
    ]]);
    const attempts = await admin`
      select outcome, error_code from public.publish_attempts
      where target_id = ${id} and step = 'follow_up' order by id`;
    assert.deepEqual(attempts.map(({ outcome, error_code }) => [outcome, error_code]), [
      ["retry_wait", "platform_busy"],
      ["retry_wait", "platform_busy"],
      ["given_up", "cover_refused"],
    ]);
  });

  await t.step("that keeps killing its workers is given up by the clock", async () => {
    const id = await publish(["first_comment"]);
    for (let count = 0; count < 5; count++) {
      assert.equal((await claim()).length, 1, `claim ${count + 1}`);
      await makeDue();
    }
    assert.equal((await claim()).length, 0);
    const [{ count }] = await admin`select private.tend_publish_follow_ups() as count` as unknown as [
      { count: number },
    ];
    assert.equal(count, 1);
    assert.equal((await targetOf(id)).error_code, "follow_up_lost");
    assert.equal((await left()).length, 0);
  });

  await t.step("goes with its post, and with its account", async () => {
    const id = await publish(["cover"]);
    await admin`
      delete from public.published_videos where id in (
        select published_video_id from public.publishing_queue where id = ${id}
      )`;
    assert.equal((await left()).length, 0);
    await publish(["cover"]);
    await admin`delete from auth.users where id = ${publisher.userId}`;
    assert.equal((await left()).length, 0);
  });
});
