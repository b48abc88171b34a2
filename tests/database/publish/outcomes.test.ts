import assert from "node:assert/strict";
import { asUser } from "../support/as-role.ts";
import { openDatabase } from "../support/database.ts";
import { addPublisher, claim, createPost, makeDue, makeReady, readTarget } from "./support.ts";

Deno.test("Outcomes of a post", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const kindsOf = async (userId: string) => {
    await admin`select private.tell_published_targets()`;
    const rows = await admin`select kind from public.notifications where user_id = ${userId} order by id`;
    return rows.map(({ kind }) => kind);
  };
  const claimOne = async (lane: number, id: string) =>
    (await claim(sql, lane, 100)).find((job) => job.target_id === id)!;

  await t.step("are told once each, and an account to connect again once for all its posts", async () => {
    const publisher = await addPublisher(admin);
    for (let i = 0; i < 2; i++) {
      const { targets: [target] } = await createPost(sql, publisher);
      const job = await claimOne(1, target!.id);
      await sql`select public.park_publish_job(${
        target!.id
      }, ${job.lease_token}, 'needs_reauth', 'x', 'Connect.')`;
    }
    assert.deepEqual(await kindsOf(publisher.userId), ["publish.needs_reauth"]);
    const { targets: [target] } = await createPost(sql, publisher);
    const ready = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${target!.id}, ${ready.lease_token}, 1, '{}')`;
    await sql`select public.finish_publish_job(${target!.id}, ${ready.lease_token}, 'v', 'u')`;
    assert.deepEqual(await kindsOf(publisher.userId), ["publish.needs_reauth", "publish.published"]);
  });

  await t.step("that stay open are told when nobody asks any more, not before", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    const ready = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${target!.id}, ${ready.lease_token}, 1, '{}')`;
    await sql`select public.doubt_irreversible_call(${target!.id}, ${ready.lease_token}, '{}', 'x', 'x')`;
    for (let i = 0; i < 9; i++) {
      assert.deepEqual(await kindsOf(publisher.userId), [], `after ${i} questions`);
      await makeDue(admin, target!.id);
      const job = await claimOne(0, target!.id);
      await sql`select public.retry_publish_job(${target!.id}, ${job.lease_token}, 'x', 'x')`;
    }
    assert.deepEqual(await kindsOf(publisher.userId), ["publish.unknown"]);
    const again = sql`select public.retry_post(${publisher.userId}, ${
      (await readTarget(admin, target!.id)).published_video_id
    })`;
    await assert.rejects(again, { detail: "outcome_unknown" });
  });

  await t.step("park a post whose workers die five times", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    for (let i = 0; i < 5; i++) {
      assert.ok(await claimOne(1, target!.id), `claim ${i}`);
      await makeDue(admin, target!.id);
    }
    assert.equal(await claimOne(1, target!.id), undefined);
    await admin`select private.park_lost_jobs()`;
    const row = await readTarget(admin, target!.id);
    assert.deepEqual([row.status, row.error_code, row.work_at], ["failed", "worker_lost", null]);
  });

  await t.step("fail a call that again and again has no effect", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    let job = await makeReady(admin, target!.id);
    for (let i = 0; i < 5; i++) {
      await sql`select public.begin_irreversible_call(${target!.id}, ${job.lease_token}, 1, '{}')`;
      await sql`select public.doubt_irreversible_call(${target!.id}, ${job.lease_token}, '{}', 'x', 'x')`;
      await makeDue(admin, target!.id);
      job = await claimOne(0, target!.id);
      await sql`select public.undo_irreversible_call(${target!.id}, ${job.lease_token}, 'publish', '{}')`;
    }
    assert.equal((await readTarget(admin, target!.id)).error_code, "call_without_effect");
  });

  await t.step("wake when the account was connected while the worker still held the old tokens", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    const job = await claimOne(1, target!.id);
    await sql`select public.resume_after_reconnect(${publisher.connectionId})`;
    await sql`select public.park_publish_job(${
      target!.id
    }, ${job.lease_token}, 'needs_reauth', 'x', 'Connect.')`;
    const row = await readTarget(admin, target!.id);
    assert.equal(row.status, "retry_wait");
    assert.ok(row.work_at <= new Date());
  });

  await t.step("outlive a clock that is set back: a lease from the future counts as lost", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    await claimOne(1, target!.id);
    await admin`
      update private.publish_jobs set lease_until = now() + interval '1 day' where target_id = ${target!.id}`;
    const [stuck] = await admin`select problem from private.find_stuck_targets() where target_id = ${
      target!.id
    }`;
    assert.equal(stuck!.problem, "lease ends too far away");
    assert.ok(await claimOne(1, target!.id));
    assert.equal((await readTarget(admin, target!.id)).lost_leases, 1);
  });

  await t.step("add up to one status of the post", async () => {
    const cases: [string[], string][] = [
      [[], "draft"],
      [["draft", "draft"], "draft"],
      [["scheduled", "canceled"], "scheduled"],
      [["scheduled", "retry_wait"], "publishing"],
      [["published", "unknown"], "publishing"],
      [["published", "canceled"], "published"],
      [["published", "failed"], "partly_published"],
      [["published", "scheduled"], "partly_published"],
      [["failed", "canceled"], "failed"],
      [["canceled", "canceled"], "canceled"],
    ];
    const { userId } = await addPublisher(admin);
    for (const [statuses, expected] of cases) {
      const [post] =
        await admin`insert into public.published_videos (user_id) values (${userId}) returning id`;
      await admin`
        insert into public.publishing_queue (user_id, published_video_id, platform, status, platform_post_id)
        select ${userId}, ${post!.id}, 'youtube', status, 'v' from unnest(${statuses}::text[]) as status`;
      const [row] = await admin`
        select public.overall_status(post) as status from public.published_videos as post where id = ${
        post!.id
      }`;
      assert.equal(row!.status, expected, statuses.join());
    }
    await admin`delete from public.published_videos where user_id = ${userId}`;
  });

  await t.step("are seen by their user alone, who writes none of it", async () => {
    const [mine, theirs] = [await addPublisher(admin), await addPublisher(admin)];
    const { published_video_id: id } = await createPost(sql, mine);
    const read = (userId: string) =>
      asUser(
        database.connect("authenticator"),
        userId,
        (tx) =>
          tx`select post.id, public.overall_status(post) as status from public.published_videos as post`,
      );
    assert.deepEqual([...await read(mine.userId)], [{ id, status: "scheduled" }]);
    assert.deepEqual([...await read(theirs.userId)], []);
    for (const table of ["published_videos", "publishing_queue", "publish_attempts", "oauth_connections"]) {
      const write = asUser(
        database.connect("authenticator"),
        mine.userId,
        (tx) => tx`delete from ${tx("public." + table)}`,
      );
      await assert.rejects(write, { code: "42501" }, table);
    }
    const act = asUser(
      database.connect("authenticator"),
      mine.userId,
      (tx) => tx`select public.cancel_post(${mine.userId}, ${id})`,
    );
    await assert.rejects(act, { code: "42501" });
  });

  await t.step("set by hand end the job as well", async () => {
    const publisher = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, publisher);
    await admin`update public.publishing_queue set status = 'canceled' where id = ${target!.id}`;
    assert.equal((await readTarget(admin, target!.id)).step, null);
    await assert.rejects(
      admin`update public.publishing_queue set status = 'scheduled' where id = ${target!.id}`,
      { detail: "publish_move_not_allowed" },
    );
  });
});
