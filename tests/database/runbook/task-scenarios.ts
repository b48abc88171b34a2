import assert from "node:assert/strict";
import type { Sql } from "../support/database.ts";
import {
  addCorrelation,
  addFamily,
  addProduct,
  addUser,
  addVideo,
  listTasks,
  readTask,
} from "../support/fixtures.ts";
import type { Scenario } from "./scenario.ts";

const leaseTask = (sql: Sql, taskId: string, until: string) =>
  sql`
    update public.influencer_tasks
    set lease_holder = 'laptop', lease_token = gen_random_uuid(), lease_until = now() + ${until}::interval
    where id = ${taskId}`;

/** A child whose parent's video changed while a device held it. */
async function addHeldTask(sql: Sql, careless: Sql, until: string) {
  const { userId, asin, childAsin } = await addFamily(sql);
  const { id } = await readTask(sql, userId, childAsin);
  await leaseTask(sql, id, "5 minutes");
  const newVideo = await addVideo(sql, userId);
  await sql`update public.influencer_tasks set video_id = ${newVideo} where user_id = ${userId} and asin = ${asin}`;
  await careless`
    update public.influencer_tasks set lease_until = now() + ${until}::interval where id = ${id}`;
  return { userId, childAsin, id, newVideo };
}

/** The snippets about products and tasks. */
export const TASK_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "repair-inheritance": async ({ sql, careless, run }) => {
    const { userId, childAsin, videoId } = await addFamily(sql);
    await careless`
      update public.influencer_tasks set video_id = null, video_is_inherited = false
      where user_id = ${userId} and asin = ${childAsin}`;
    assert.deepEqual(await run({ "user id": userId }), [{ repair_inheritance: 1 }]);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  },

  "make-primary": async ({ sql, careless, run }) => {
    const { userId, productId, childAsin } = await addFamily(sql);
    const wanted = await addVideo(sql, userId, { productId });
    await careless`update public.product_videos set is_primary = false where user_id = ${userId}`;
    await run({ "video id": wanted });
    const marked = await sql`select id from public.product_videos where user_id = ${userId} and is_primary`;
    assert.deepEqual(marked.map(({ id }) => id), [wanted]);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, wanted);
  },

  "queue-video": async ({ sql, careless, run }) => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await careless`delete from public.influencer_tasks where user_id = ${userId}`;
    const [answer] = await run({ "video id": videoId });
    assert.deepEqual(answer!.queue_video_tasks, { created_count: 2, reopened_count: 0 });
    for (const each of [asin, childAsin]) assert.equal((await readTask(sql, userId, each)).video_id, videoId);
  },

  "reopen-task": async ({ sql, run }) => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const { id } = await readTask(sql, userId, childAsin);
    await sql`update public.influencer_tasks set status = 'skipped' where id = ${id}`;
    const newVideo = await addVideo(sql, userId);
    await sql`update public.influencer_tasks set video_id = ${newVideo} where user_id = ${userId} and asin = ${asin}`;
    await run({ "task id": id });
    const task = await readTask(sql, userId, childAsin);
    assert.deepEqual([task.status, task.video_id], ["pending", newVideo]);
  },

  "end-task-lease": async ({ sql, careless, run }) => {
    const { userId, childAsin, id, newVideo } = await addHeldTask(sql, careless, "5 minutes");
    assert.ok((await readTask(sql, userId, childAsin)).video_changed_at instanceof Date);
    await run({ "task id": id });
    const task = await readTask(sql, userId, childAsin);
    assert.deepEqual([task.video_id, task.video_changed_at], [newVideo, null]);
  },

  "find-stuck-leases": async ({ sql, careless, run }) => {
    const stuck = await addHeldTask(sql, careless, "-10 minutes");
    const { id: fresh } = await addHeldTask(sql, careless, "-1 minute");
    const ids = (await run()).map(({ id }) => id);
    assert.ok(ids.includes(stuck.id));
    assert.ok(!ids.includes(fresh));
  },

  "end-expired-leases": async ({ sql, careless, run }) => {
    const { userId, childAsin, newVideo } = await addHeldTask(sql, careless, "-10 minutes");
    const running = await addHeldTask(sql, careless, "5 minutes");
    const [answer] = await run();
    assert.ok(Number(answer!.end_expired_task_leases) >= 1);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, newVideo);
    assert.notEqual((await readTask(sql, running.userId, running.childAsin)).video_id, running.newVideo);
  },

  "find-waiting-tasks": async ({ sql, run }) => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    await addCorrelation(sql, userId, product.id);
    await addCorrelation(sql, userId, product.id);
    const { userId: served } = await addFamily(sql);
    const rows = await run();
    assert.deepEqual(
      rows.filter((row) => row.user_id === userId).map((row) => [row.search_asin, Number(row.waiting)]),
      [[product.asin, 2]],
    );
    assert.ok(!rows.some((row) => row.user_id === served));
    assert.equal((await listTasks(sql, userId)).length, 2);
  },

  "find-unreachable-videos": async ({ sql, run }) => {
    const { userId, videoId } = await addFamily(sql);
    await addVideo(sql, userId);
    await sql`update public.product_videos set unreachable_at = now() where id = ${videoId}`;
    assert.deepEqual((await run()).filter((row) => row.user_id === userId).map(({ id }) => id), [videoId]);
  },
};
