import assert from "node:assert/strict";
import { addPublisher, claim, createPost, makeDue, makeReady, readTarget } from "../publish/support.ts";
import type { Sql } from "../support/database.ts";
import type { Scenario } from "./scenario.ts";

/** A due post with one target. */
async function addPost(sql: Sql) {
  const publisher = await addPublisher(sql);
  const { published_video_id: postId, targets: [target] } = await createPost(sql, publisher);
  return { ...publisher, postId, targetId: target!.id };
}

/** A post that a platform did not take. */
async function addParkedPost(sql: Sql, code: string, status = "failed") {
  const post = await addPost(sql);
  const job = (await claim(sql, 1, 1000)).find((one) => one.target_id === post.targetId)!;
  await sql`select public.park_publish_job(${post.targetId}, ${job.lease_token}, ${status}, ${code}, 'A sentence.')`;
  return post;
}

/** A post whose call was made, and nobody knows with what outcome. */
async function addOpenPost(sql: Sql) {
  const post = await addPost(sql);
  const job = await makeReady(sql, post.targetId);
  const [{ is_begun } = { is_begun: false }] = await sql`
    select public.begin_irreversible_call(${post.targetId}, ${job.lease_token}, ${job.revision}, '{}') as is_begun`;
  assert.ok(is_begun);
  await sql`
    select public.doubt_irreversible_call(${post.targetId}, ${job.lease_token}, '{}', 'answer_lost', 'A sentence.')`;
  await sql`
    update private.publish_jobs set work_at = null, settle_until = now() where target_id = ${post.targetId}`;
  await sql`update public.publishing_queue set retry_at = null where id = ${post.targetId}`;
  return post;
}

const statusOf = async (sql: Sql, targetId: string) => (await readTarget(sql, targetId)).status as string;

/** The snippets about posts that do not go out. */
export const PUBLISH_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-posts": async ({ sql, run }) => {
    const { userId, targetId } = await addParkedPost(sql, "looked_at");
    await addPost(sql);
    const rows = await run({ "user id": userId });
    assert.deepEqual(rows.map((row) => [row.id, row.status, row.error_code, row.step, row.work_at]), [
      [targetId, "failed", "looked_at", "prepare", null],
    ]);
  },

  "look-at-attempts": async ({ sql, run }) => {
    const { targetId } = await addParkedPost(sql, "tried");
    await addParkedPost(sql, "tried");
    const rows = await run({ "target id": targetId });
    assert.deepEqual(rows.map((row) => [row.step, row.outcome, row.error_code]), [[
      "prepare",
      "failed",
      "tried",
    ]]);
  },

  "find-parked-targets": async ({ sql, run }) => {
    for (let number = 0; number < 2; number++) await addParkedPost(sql, "parked_here", "needs_conversion");
    await addOpenPost(sql);
    const rows = await run();
    const parked = rows.find((row) => row.error_code === "parked_here")!;
    assert.deepEqual([parked.platform, parked.status, parked.targets], ["youtube", "needs_conversion", "2"]);
    assert.ok(rows.some((row) => row.status === "unknown"));
  },

  "retry-cause": async ({ sql, run }) => {
    const posts = [
      await addParkedPost(sql, "cause_gone"),
      await addParkedPost(sql, "cause_gone", "needs_reauth"),
    ];
    const other = await addParkedPost(sql, "cause_stays");
    const open = await addOpenPost(sql);
    await sql`update public.publishing_queue set error_code = 'cause_gone' where id = ${open.targetId}`;
    const rows = await run({ "error code": "cause_gone" });
    assert.deepEqual(new Set(rows.map((row) => row.id)), new Set(posts.map(({ postId }) => postId)));
    for (const { targetId } of posts) assert.equal(await statusOf(sql, targetId), "preparing");
    assert.equal(await statusOf(sql, other.targetId), "failed");
    assert.equal(await statusOf(sql, open.targetId), "unknown");
  },

  "retry-target": async ({ sql, run }) => {
    const { targetId } = await addParkedPost(sql, "retried");
    await run({ "target id": targetId });
    assert.ok((await claim(sql, 1, 1000)).some((job) => job.target_id === targetId));
  },

  "stop-post": async ({ sql, run }) => {
    const { postId, targetId } = await addPost(sql);
    await run({ "post id": postId });
    const target = await readTarget(sql, targetId);
    assert.deepEqual([target.status, target.step], ["canceled", null]);
  },

  "confirm-post": async ({ sql, run }) => {
    const { targetId } = await addOpenPost(sql);
    await run({ "target id": targetId, "address of the post": "https://example.com/it's-there" });
    const target = await readTarget(sql, targetId);
    assert.deepEqual([target.status, target.platform_url], ["published", "https://example.com/it's-there"]);
  },

  "post-again": async ({ sql, run }) => {
    const { targetId } = await addOpenPost(sql);
    await run({ "target id": targetId });
    const target = await readTarget(sql, targetId);
    assert.deepEqual([target.status, target.step, target.job_called_at], ["preparing", "prepare", null]);
  },

  "end-publish-lease": async ({ sql, run }) => {
    const { targetId } = await addPost(sql);
    const held = await makeReady(sql, targetId);
    await sql`select public.begin_irreversible_call(${targetId}, ${held.lease_token}, ${held.revision}, '{}')`;
    const take = async () => (await claim(sql, 0, 1000)).find((job) => job.target_id === targetId);
    assert.equal(await take(), undefined);
    await run({ "target id": targetId });
    assert.equal((await take())!.step, "reconcile", "a call that was begun is asked about, not repeated");
  },

  "find-stuck-targets": async ({ sql, run }) => {
    const { targetId } = await addPost(sql);
    const isListed = async () => (await run()).some((row) => row.target_id === targetId);
    assert.equal(await isListed(), false);
    await sql`delete from private.publish_jobs where target_id = ${targetId}`;
    assert.equal(await isListed(), true);
  },

  "repair-publish-jobs": async ({ sql, careless, run }) => {
    const lost = await addPost(sql);
    const calling = await addPost(sql);
    const held = await makeReady(sql, calling.targetId);
    await sql`
      select public.begin_irreversible_call(${calling.targetId}, ${held.lease_token}, ${held.revision}, '{}')`;
    for (const { targetId } of [lost, calling]) {
      await sql`delete from private.publish_jobs where target_id = ${targetId}`;
    }
    const asleep = await addPost(sql);
    await sql`update private.publish_jobs set work_at = null where target_id = ${asleep.targetId}`;
    const moved = await addPost(sql);
    await sql`
      update private.publish_jobs set due_at = due_at + interval '1 day' where target_id = ${moved.targetId}`;
    const ended = await addPost(sql);
    await careless`update public.publishing_queue set status = 'canceled' where id = ${ended.targetId}`;
    const ids = [lost, calling, asleep, moved, ended].map(({ targetId }) => targetId);
    const listStuck = async () =>
      (await sql`select target_id from private.find_stuck_targets()`)
        .map((row) => row.target_id as string).filter((id) => ids.includes(id));
    assert.deepEqual((await listStuck()).toSorted(), ids.toSorted());

    await run();
    assert.deepEqual(await listStuck(), []);
    const claimed = (await claim(sql, 1, 1000)).map((job) => job.target_id);
    for (const { targetId } of [lost, asleep, moved]) assert.ok(claimed.includes(targetId));
    const open = await readTarget(sql, calling.targetId);
    assert.deepEqual([open.status, open.step, open.work_at], ["unknown", "reconcile", null]);
    const [told] = await sql`
      select title from public.notifications where user_id = ${calling.userId} and kind = 'publish.unknown'`;
    assert.match(told!.title, /Look whether/);
  },

  "pause-publishing": async ({ sql, run }) => {
    const { targetId } = await addPost(sql);
    await run();
    await assert.rejects(claimAsWorker(sql), { code: "42501" });
    await sql`grant execute on function public.claim_publish_jobs(integer, integer, integer) to service_role`;
    assert.ok((await claimAsWorker(sql)).includes(targetId));
  },

  "resume-publishing": async ({ sql, run }) => {
    const { targetId } = await addPost(sql);
    await sql`revoke execute on function public.claim_publish_jobs(integer, integer, integer) from service_role`;
    await run();
    await makeDue(sql, targetId);
    assert.ok((await claimAsWorker(sql)).includes(targetId));
  },
};

/** Claims in the role of the publish function. */
async function claimAsWorker(sql: Sql): Promise<string[]> {
  return await sql.begin(async (tx) => {
    await tx`set local role service_role`;
    const jobs = await tx<
      { target_id: string }[]
    >`select target_id from public.claim_publish_jobs(1, 1000, 60)`;
    return jobs.map((job) => job.target_id);
  });
}
