import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import { addCorrelation, addFamily, addVideo, listTasks, readTask } from "./support/fixtures.ts";

Deno.test("end of a lease", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const take = (userId: string, asin: string, holder = "laptop") =>
    sql`
      update public.influencer_tasks
      set lease_holder = ${holder}, lease_token = gen_random_uuid(), lease_until = now() + interval '5 minutes'
      where user_id = ${userId} and asin = ${asin}`;
  const giveBack = (userId: string, asin: string) =>
    sql`
      update public.influencer_tasks set lease_holder = null, lease_token = null, lease_until = null
      where user_id = ${userId} and asin = ${asin}`;
  // Time alone changes no row: the triggers must not see it pass.
  const letRunOut = (userId: string, asin: string) =>
    sql.begin(async (tx) => {
      await tx`alter table public.influencer_tasks disable trigger user`;
      await tx`
        update public.influencer_tasks set lease_until = now() - interval '1 second'
        where user_id = ${userId} and asin = ${asin}`;
      await tx`alter table public.influencer_tasks enable trigger user`;
    });
  const sweep = async () => (await sql`select private.end_expired_task_leases() as ended`)[0]!.ended;
  const setVideo = (userId: string, asin: string, videoId: string | null) =>
    sql`update public.influencer_tasks set video_id = ${videoId} where user_id = ${userId} and asin = ${asin}`;
  const decide = (userId: string, asin: string, status: string) =>
    sql`update public.asin_correlations set status = ${status} where user_id = ${userId} and asin = ${asin}`;

  await t.step("that ran out lets tasks of several accounts follow in one sweep", async () => {
    const families = [await addFamily(sql), await addFamily(sql)];
    const newVideos = new Map<string, string>();
    for (const { userId, asin, childAsin } of families) {
      await take(userId, childAsin);
      const videoId = await addVideo(sql, userId);
      newVideos.set(userId, videoId);
      await setVideo(userId, asin, videoId);
      await letRunOut(userId, childAsin);
      assert.notEqual(
        (await readTask(sql, userId, childAsin)).video_id,
        videoId,
        "time alone changes nothing",
      );
    }
    assert.equal(await sweep(), 2);
    for (const { userId, childAsin } of families) {
      const [task] = await sql`
        select video_id, video_changed_at, lease_holder, lease_token, lease_until
        from public.influencer_tasks where user_id = ${userId} and asin = ${childAsin}`;
      assert.deepEqual({ ...task }, {
        video_id: newVideos.get(userId),
        video_changed_at: null,
        lease_holder: null,
        lease_token: null,
        lease_until: null,
      });
    }
    assert.equal(await sweep(), 0);
  });

  await t.step("is not brought forward by the sweep", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await take(userId, childAsin);
    await setVideo(userId, asin, null);
    assert.equal(await sweep(), 0);
    const held = await readTask(sql, userId, childAsin);
    assert.equal(held.video_id, videoId);
    assert.ok(held.video_changed_at instanceof Date);
  });

  await t.step("by completion keeps the video the device worked with", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await take(userId, childAsin);
    await setVideo(userId, asin, await addVideo(sql, userId));
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${childAsin}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  });

  await t.step("that ran out is known to the device that takes the task over", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    await take(userId, childAsin);
    const newVideo = await addVideo(sql, userId);
    await setVideo(userId, asin, newVideo);
    await letRunOut(userId, childAsin);
    await take(userId, childAsin, "phone");
    const task = await readTask(sql, userId, childAsin);
    assert.equal(task.video_id, newVideo);
    assert.ok(task.video_changed_at instanceof Date, "it may have read the old video a moment before");
  });

  await t.step("brings a thumbnail that changed meanwhile", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    await take(userId, childAsin);
    await sql`
      update public.influencer_tasks set thumbnail_path = ${`${userId}/new.jpg`}
      where user_id = ${userId} and asin = ${asin}`;
    assert.equal((await readTask(sql, userId, childAsin)).thumbnail_path, null);
    await giveBack(userId, childAsin);
    assert.equal((await readTask(sql, userId, childAsin)).thumbnail_path, `${userId}/new.jpg`);
  });

  await t.step("is awaited with the notice that the video was deleted, whatever else happens", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    const second = await addVideo(sql, userId, { productId });
    await take(userId, childAsin);
    await sql`select public.remove_video(${userId}, ${videoId})`;
    await addCorrelation(sql, userId, productId);
    await addVideo(sql, userId, { productId });
    await sql`select private.repair_inheritance(${userId})`;
    const held = await readTask(sql, userId, childAsin);
    assert.equal(held.video_id, second);
    assert.ok(held.video_changed_at instanceof Date);
    await giveBack(userId, childAsin);
    assert.equal((await readTask(sql, userId, childAsin)).video_changed_at, null);
  });

  await t.step("leaves a video of the task's own", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const own = await addVideo(sql, userId);
    await setVideo(userId, childAsin, own);
    await take(userId, childAsin);
    await setVideo(userId, asin, null);
    await giveBack(userId, childAsin);
    const task = await readTask(sql, userId, childAsin);
    assert.deepEqual([task.video_id, task.video_is_inherited, task.video_changed_at], [own, false, null]);
  });

  await t.step("removes a task whose correlation was withdrawn meanwhile", async () => {
    for (const end of [giveBack, async (...task: [string, string]) => (await letRunOut(...task), sweep())]) {
      const { userId, childAsin } = await addFamily(sql);
      await take(userId, childAsin);
      await decide(userId, childAsin, "rejected");
      assert.equal((await listTasks(sql, userId, childAsin)).length, 1, "kept for the device");
      await end(userId, childAsin);
      assert.deepEqual(await listTasks(sql, userId, childAsin), []);
    }
  });

  await t.step("removes tasks of a marketplace that was disabled meanwhile", async () => {
    const { userId, productId, asin, childAsin } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    await take(userId, asin);
    await take(userId, childAsin);
    await sql`update public.sourced_products set enabled_marketplaces = '{US}' where id = ${productId}`;
    assert.equal((await listTasks(sql, userId)).length, 4);
    await giveBack(userId, asin);
    await giveBack(userId, childAsin);
    assert.deepEqual((await listTasks(sql, userId)).map(({ marketplace }) => marketplace), ["US", "US"]);
  });

  await t.step("keeps a task that was asked for again, completed, or reopened later", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    const done = await addCorrelation(sql, userId, productId);
    await take(userId, childAsin);
    await take(userId, done.asin);
    await decide(userId, childAsin, "rejected");
    await decide(userId, done.asin, "rejected");
    await decide(userId, childAsin, "accepted");
    await giveBack(userId, childAsin);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${done.asin}`;
    await sql`select private.queue_video_tasks(${videoId})`;
    assert.equal((await readTask(sql, userId, done.asin)).status, "pending");
    await take(userId, done.asin);
    await giveBack(userId, done.asin);
    assert.equal((await readTask(sql, userId, done.asin)).status, "pending");
  });

  await t.step("is looked for every minute", async () => {
    const jobs = await sql`select schedule, active from cron.job where jobname = 'end-expired-task-leases'`;
    assert.deepEqual(jobs.map((job) => ({ ...job })), [{ schedule: "* * * * *", active: true }]);
  });
});
