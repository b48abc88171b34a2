import assert from "node:assert/strict";
import type { PostgresError } from "postgres";
import { openDatabase, type Sql, type Transaction } from "../support/database.ts";
import {
  addConnection,
  addPublisher,
  claim,
  createPost,
  makeDue,
  makeReady,
  type Publisher,
  readTarget,
} from "./support.ts";

const detailOf = (error: PostgresError): string => error.detail ?? error.message;

Deno.test("Publish jobs under many workers", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 20 });
  const publisher = await addPublisher(admin);

  await t.step("go to exactly one of 20 workers each, in both lanes", async () => {
    await addDueJobs(admin, publisher, 1000);
    await addDueJobs(admin, publisher, 1000, "publish");
    const claimed: string[] = [];
    await Promise.all(Array.from({ length: 20 }, async (_, worker) => {
      for (;;) {
        const jobs = await claim(sql, worker % 2, 10, 600);
        if (jobs.length === 0) return;
        claimed.push(...jobs.map((job) => job.target_id));
        assert.ok(
          jobs.every((job) => (job.step === "publish") === (worker % 2 === 0)),
          "a worker stays in its lane",
        );
      }
    }));
    assert.equal(claimed.length, 2000);
    assert.equal(new Set(claimed).size, 2000);
    const [leases] = await admin`
      select count(distinct lease_token)::integer as count from private.publish_jobs where lost_leases = 0`;
    assert.equal(leases!.count, 2000);
    await admin`delete from public.published_videos`;
  });

  await t.step(
    "are claimed without waiting for the disk, and called only once that is safe there",
    async () => {
      const [id] = await addDueJobs(admin, publisher, 1, "publish");
      const readDurability = async (run: (transaction: Transaction) => Promise<unknown>) =>
        await sql.begin(async (transaction) => {
          await transaction`set local synchronous_commit = on`;
          await run(transaction);
          const [row] = await transaction<{ synchronous_commit: string }[]>`show synchronous_commit`;
          return row!.synchronous_commit;
        });
      let job: Awaited<ReturnType<typeof claim>>[number] | undefined;
      const ofClaim = await readDurability(async (transaction) => [job] = await claim(transaction, 0));
      const ofCall = await readDurability((transaction) =>
        transaction`
        select public.begin_irreversible_call(${id!}, ${job!.lease_token}, ${job!.revision}, '{}')`
      );
      assert.deepEqual([ofClaim, ofCall], ["off", "on"]);
      await admin`delete from public.published_videos`;
    },
  );

  await t.step("are taken over once when a lease has ended, and the late worker writes nothing", async () => {
    const [id] = await addDueJobs(admin, publisher, 1);
    const [late] = await claim(sql, 1);
    await makeDue(admin, id!);
    const takers = (await Promise.all(Array.from({ length: 20 }, () => claim(sql, 1)))).flat();
    assert.deepEqual([takers.length, (await readTarget(admin, id!)).lost_leases], [1, 1]);
    const answers = await sql`
      select public.advance_publish_job(${id!}, ${late!.lease_token}, 1, 'upload', '{}') as advanced,
        public.retry_publish_job(${id!}, ${late!.lease_token}, 'x', 'x') as retried,
        public.park_publish_job(${id!}, ${late!.lease_token}, 'failed', 'x', 'x') as parked,
        public.extend_publish_lease(${id!}, ${late!.lease_token}, 60) as extended`;
    assert.deepEqual(answers[0], { advanced: false, retried: null, parked: false, extended: false });
  });

  await t.step(
    "show what they do when a late worker begins its call just as they are taken over",
    async () => {
      for (let i = 0; i < 40; i++) {
        const { targets: [target] } = await createPost(sql, publisher);
        const job = await makeReady(admin, target!.id);
        await makeDue(admin, target!.id);
        const [[begun], [taken]] = await Promise.all([
          sql`select public.begin_irreversible_call(${target!.id}, ${job.lease_token}, 1, '{}') as may`,
          claim(sql, 0, 1),
        ]);
        // Nobody got it when the call was being written at that moment; the next claim does.
        const row = await readTarget(admin, target!.id);
        if (!taken) assert.deepEqual([begun!.may, row.status, row.step], [true, "publishing", "publish"]);
        else if (begun!.may) assert.deepEqual([taken.step, row.status], ["reconcile", "unknown"]);
        else assert.deepEqual([taken.step, row.status], ["publish", "ready"]);
        await admin`delete from private.publish_jobs where target_id = ${target!.id}`;
      }
      await admin`delete from public.published_videos`;
    },
  );

  await t.step("are canceled or called, never both", async () => {
    const winners = await race(20, publisher, admin, sql, async (targetId, postId, job) => {
      const [begun, canceled] = await Promise.all([
        sql`select public.begin_irreversible_call(${targetId}, ${job}, 1, '{}') as may`.then(([row]) =>
          row!.may
        ),
        sql`select public.cancel_post(${publisher.userId}, ${postId})`.then(() => true, detailOf),
      ]);
      const { status } = await readTarget(admin, targetId);
      assert.deepEqual(
        [begun, canceled, status],
        begun ? [true, "post_is_going_out", "publishing"] : [false, true, "canceled"],
      );
      return begun ? "worker" : "user";
    });
    assert.equal(winners.length, 20);
  });

  await t.step("are edited or called, never both", async () => {
    await race(20, publisher, admin, sql, async (targetId, postId, job) => {
      const changes = sql.json({ caption: `Edited ${targetId}` });
      const [begun, edited] = await Promise.all([
        sql`select public.begin_irreversible_call(${targetId}, ${job}, 1, '{}') as may`.then(([row]) =>
          row!.may
        ),
        sql`select public.edit_post(${publisher.userId}, ${postId}, ${changes})`.then(() => true, detailOf),
      ]);
      const { status, step } = await readTarget(admin, targetId);
      assert.deepEqual(
        [begun, edited, status, step],
        begun ? [true, "post_is_going_out", "publishing", "publish"] : [false, true, "scheduled", "prepare"],
      );
      return begun ? "worker" : "user";
    });
  });

  await t.step("keep a new time that is set while their step ends", async () => {
    for (let i = 0; i < 20; i++) {
      const { published_video_id: postId, targets: [target] } = await createPost(sql, publisher);
      const job = (await claim(sql, 1, 100)).find(({ target_id }) => target_id === target!.id)!;
      await sql`select public.advance_publish_job(${target!.id}, ${job.lease_token}, 1, 'upload', '{}')`;
      const again = (await claim(sql, 1, 100)).find(({ target_id }) => target_id === target!.id)!;
      const scheduledFor = new Date(Date.now() + 3_600_000);
      await Promise.all([
        sql`select public.advance_publish_job(${target!.id}, ${again.lease_token}, 1, 'publish', '{}')`,
        sql`select public.edit_post(${publisher.userId}, ${postId}, ${
          sql.json({ scheduled_for: scheduledFor })
        })`,
      ]);
      const row = await readTarget(admin, target!.id);
      assert.deepEqual([row.work_at, row.status], [scheduledFor, "ready"]);
    }
  });

  await t.step("survive every user action at once without a deadlock", async () => {
    const { userId, connectionId } = publisher;
    const other = await addConnection(admin, userId);
    const connectionIds = [connectionId, other];
    const posts = await Promise.all(
      Array.from({ length: 10 }, () => createPost(sql, publisher, { connectionIds })),
    );
    const actions = posts.flatMap(({ published_video_id: id }) => [
      () => sql`select public.retry_post(${userId}, ${id})`,
      () => sql`select public.edit_post(${userId}, ${id}, ${sql.json({ caption: crypto.randomUUID() })})`,
      () => sql`select public.cancel_post(${userId}, ${id})`,
      // As one consent does that connects two accounts.
      () =>
        sql.begin(async (tx) => {
          await tx`select public.resume_after_reconnect(${other})`;
          await tx`select public.resume_after_reconnect(${connectionId})`;
        }),
      () => claim(sql, 1, 5),
      () => admin`select private.park_lost_jobs()`,
      () => admin`select private.resume_after_onedrive()`,
      () =>
        sql.begin(async (tx) => {
          await tx`select private.lock_accounts(array[${userId}]::uuid[])`;
          await tx`select private.park_account_posts(${userId}, ${other})`;
        }),
    ]);
    const codes = await Promise.all(actions.map(async (act) => await act().then(() => "ok", detailOf)));
    const refusals = ["ok", "post_is_going_out", "post_not_waiting"];
    assert.deepEqual(codes.filter((code) => !refusals.includes(code)), []);
    assert.deepEqual(
      [...await admin`select * from private.find_stuck_targets() where status <> 'scheduled'`],
      [],
    );
    await admin`delete from public.published_videos`;
  });

  await t.step("go on after OneDrive is connected while others hold some of them", async () => {
    await admin`
      insert into public.user_onedrive_connections (user_id, status, account_key, account_type, drive_id)
      values (${publisher.userId}, 'connected', 'a', 'personal', 'd')`;
    for (let i = 0; i < 6; i++) {
      await createPost(sql, publisher);
      const [job] = await claim(sql, 1, 1);
      await sql`select public.park_publish_job(
        ${job!.target_id}, ${
        job!.lease_token
      }, 'needs_reauth', 'onedrive_reauth_required', 'Connect OneDrive.')`;
    }
    const resume = async () => {
      const [row] = await admin<{ count: number }[]>`select private.resume_after_onedrive() as count`;
      return row!.count;
    };
    await sql.begin(async (tx) => {
      // A writer that goes through its jobs the other way round.
      await tx`select from private.publish_jobs order by target_id desc limit 2 for update`;
      assert.equal(await resume(), 4, "what is held is left alone, and nobody waits");
      await tx`select from private.publish_jobs order by target_id desc for update`;
    });
    assert.equal(await resume(), 2);
    const [row] = await admin`
      select count(*)::integer as count from public.publishing_queue where status = 'preparing'`;
    assert.equal(row!.count, 6);
  });
});

/** Jobs due now, made without a request each. */
async function addDueJobs(
  admin: Sql,
  { userId, videoId, connectionId }: Publisher,
  count: number,
  step: "prepare" | "publish" = "prepare",
): Promise<string[]> {
  const isNew = step === "prepare";
  const rows = await admin<{ id: string }[]>`
    with posts as (
      insert into public.published_videos (user_id, video_id)
      select ${userId}, ${videoId} from generate_series(1, ${count})
      returning id
    ),
    targets as (
      insert into public.publishing_queue (user_id, published_video_id, platform, connection_id, status)
      select ${userId}, posts.id, 'youtube', ${connectionId}, ${isNew ? "scheduled" : "ready"} from posts
      returning id, scheduled_for
    ),
    jobs as (
      insert into private.publish_jobs (target_id, user_id, due_at, work_at, step, is_waiting)
      select targets.id, ${userId}, targets.scheduled_for, now(), ${step}, ${isNew} from targets
    )
    select id from targets`;
  return rows.map(({ id }) => id);
}

/** The same race over new targets that are ready; resolves to who won each time. */
async function race(
  times: number,
  publisher: Publisher,
  admin: Sql,
  sql: Sql,
  run: (targetId: string, postId: string, leaseToken: string) => Promise<string>,
): Promise<string[]> {
  const winners: string[] = [];
  for (let i = 0; i < times; i++) {
    const { published_video_id: postId, targets: [target] } = await createPost(sql, publisher);
    const job = await makeReady(admin, target!.id);
    winners.push(await run(target!.id, postId, job.lease_token));
  }
  return winners;
}
