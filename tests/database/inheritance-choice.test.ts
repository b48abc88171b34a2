import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import {
  addCorrelation,
  addFamily,
  addProduct,
  addUser,
  addVideo,
  listTasks,
  readTask,
} from "./support/fixtures.ts";

Deno.test("choice among several parents", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("prefers the task of the same marketplace", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId, { marketplaces: ["US", "DE"] });
    await addVideo(sql, userId, { productId: product.id });
    const german = await addVideo(sql, userId);
    await sql`
      update public.influencer_tasks set video_id = ${german}
      where user_id = ${userId} and asin = ${product.asin} and marketplace = 'DE'`;
    const { asin } = await addCorrelation(sql, userId, product.id);
    const tasks = await listTasks(sql, userId, asin);
    assert.deepEqual(tasks.map((task) => [task.marketplace, task.video_id === german]), [["DE", true], [
      "US",
      false,
    ]]);
  });

  await t.step("takes another marketplace's video where its own has none", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId, { marketplaces: ["US"] });
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const { asin } = await addCorrelation(sql, userId, product.id, { marketplace: "UK" });
    const task = await readTask(sql, userId, asin);
    assert.deepEqual([task.marketplace, task.video_id], ["UK", videoId]);
  });

  await t.step("shows nothing while the parent of its own marketplace has no video", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId, { marketplaces: ["US", "DE"] });
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const { asin } = await addCorrelation(sql, userId, product.id);
    const setAmerican = (video: string | null) =>
      sql`
        update public.influencer_tasks set video_id = ${video}
        where user_id = ${userId} and asin = ${product.asin} and marketplace = 'US'`;
    const readVideos = async () =>
      (await listTasks(sql, userId, asin)).map((
        task,
      ) => [task.marketplace, task.video_id, task.video_is_inherited]);
    await setAmerican(null);
    assert.deepEqual(await readVideos(), [["DE", videoId, true], ["US", null, false]]);
    await setAmerican(videoId);
    assert.deepEqual(await readVideos(), [["DE", videoId, true], ["US", videoId, true]]);
  });

  await t.step("takes the primary video, and follows the mark to another", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    const second = await addVideo(sql, userId, { productId });
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    await sql`update public.product_videos set is_primary = true where id = ${second}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, second);
  });

  await t.step("counts the mark of the parent's own product alone", async () => {
    const { userId, childAsin, videoId } = await addFamily(sql);
    const other = await addProduct(sql, userId);
    const foreign = await addVideo(sql, userId, { productId: other.id });
    const [parent] = await listTasks(sql, userId, (await readTask(sql, userId, childAsin)).search_asin);
    await sql`
      insert into public.influencer_tasks (user_id, product_id, marketplace, asin, search_asin, video_id)
      values (${userId}, ${parent!.product_id}, 'US', ${parent!.asin}, ${parent!.asin}, ${foreign})`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  });

  await t.step("falls back to the newest when the primary task has no video", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    await addVideo(sql, userId, { productId });
    const newest = await addVideo(sql, userId, { productId });
    await sql`
      update public.influencer_tasks set video_id = null
      where user_id = ${userId} and video_id = ${videoId} and asin = search_asin`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, newest);
  });

  await t.step("takes the video of a completed parent too", async () => {
    const { userId, productId, asin, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${asin}`;
    const later = await addCorrelation(sql, userId, productId);
    assert.equal((await readTask(sql, userId, later.asin)).video_id, videoId);
  });
});

Deno.test("leased task", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const lease = (userId: string, asin: string) =>
    sql`
      update public.influencer_tasks
      set lease_holder = 'laptop', lease_token = gen_random_uuid(), lease_until = now() + interval '5 minutes'
      where user_id = ${userId} and asin = ${asin}`;
  const release = (userId: string, asin: string) =>
    sql`
      update public.influencer_tasks set lease_holder = null, lease_token = null, lease_until = null
      where user_id = ${userId} and asin = ${asin}`;
  const setVideo = (userId: string, asin: string, videoId: string | null) =>
    sql`update public.influencer_tasks set video_id = ${videoId} where user_id = ${userId} and asin = ${asin}`;

  await t.step("keeps its video, says that it changed, and follows when given back", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await lease(userId, childAsin);
    const newVideo = await addVideo(sql, userId);
    await setVideo(userId, asin, newVideo);
    const held = await readTask(sql, userId, childAsin);
    assert.equal(held.video_id, videoId);
    assert.ok(held.video_changed_at instanceof Date);
    await release(userId, childAsin);
    const free = await readTask(sql, userId, childAsin);
    assert.deepEqual([free.video_id, free.video_changed_at], [newVideo, null]);
  });

  await t.step("forgets the change when the parent is set back", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await lease(userId, childAsin);
    await setVideo(userId, asin, null);
    await setVideo(userId, asin, videoId);
    const held = await readTask(sql, userId, childAsin);
    assert.deepEqual([held.video_id, held.video_changed_at], [videoId, null]);
  });

  await t.step("follows at once when the lease is over", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    await lease(userId, childAsin);
    await sql`
      update public.influencer_tasks set lease_until = now() - interval '1 second'
      where user_id = ${userId} and asin = ${childAsin}`;
    const newVideo = await addVideo(sql, userId);
    await setVideo(userId, asin, newVideo);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, newVideo);
  });
});
