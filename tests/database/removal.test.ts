import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addCorrelation, addFamily, addProduct, addVideo, listTasks, readTask } from "./support/fixtures.ts";

Deno.test("deleted product", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("keeps its videos unlinked and its completed tasks, and nothing else", async () => {
    const { userId, productId, asin, childAsin, videoId } = await addFamily(sql, {
      marketplaces: ["US", "DE"],
    });
    await sql`
      update public.influencer_tasks set status = 'completed'
      where user_id = ${userId} and marketplace = 'US' and asin in (${asin}, ${childAsin})`;
    await asUser(sql, userId, (tx) => tx`delete from public.sourced_products where id = ${productId}`);
    const [video] = await sql`select product_id, is_primary from public.product_videos where id = ${videoId}`;
    assert.deepEqual({ ...video }, { product_id: null, is_primary: false });
    const left = await listTasks(sql, userId);
    assert.deepEqual(
      left.map((
        task,
      ) => [task.asin, task.status, task.product_id, task.video_id, task.inherited_from_product_id]),
      [[asin, "completed", null, videoId, null], [childAsin, "completed", null, videoId, null]],
    );
    assert.deepEqual([...await sql`select from public.asin_correlations where user_id = ${userId}`], []);
  });

  await t.step("leaves the tasks of another product with the same child alone", async () => {
    const { userId, productId, childAsin } = await addFamily(sql);
    const other = await addProduct(sql, userId);
    const otherVideo = await addVideo(sql, userId, { productId: other.id });
    await addCorrelation(sql, userId, other.id, { asin: childAsin });
    await sql`delete from public.sourced_products where id = ${productId}`;
    const child = await readTask(sql, userId, childAsin);
    assert.deepEqual([child.search_asin, child.video_id], [other.asin, otherVideo]);
  });

  await t.step("goes with many others in one statement", async () => {
    const { userId } = await addFamily(sql);
    const other = await addProduct(sql, userId);
    await addVideo(sql, userId, { productId: other.id });
    await sql`delete from public.sourced_products where user_id = ${userId}`;
    assert.deepEqual(await listTasks(sql, userId), []);
  });
});

Deno.test("deleted video", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const remove = (userId: string, videoId: string) => sql`select public.remove_video(${userId}, ${videoId})`;

  await t.step("leaves its last parent task and the correlated ones waiting", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await remove(userId, videoId);
    const parent = await readTask(sql, userId, asin);
    const child = await readTask(sql, userId, childAsin);
    assert.deepEqual([parent.video_id, child.video_id, child.video_is_inherited], [null, null, false]);
  });

  await t.step("takes its parent task along where another stands for the key", async () => {
    const { userId, productId, asin, childAsin, videoId } = await addFamily(sql);
    const second = await addVideo(sql, userId, { productId });
    await remove(userId, videoId);
    assert.equal((await readTask(sql, userId, asin)).video_id, second);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, second);
  });

  await t.step("leaves completed tasks completed", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    await remove(userId, videoId);
    for (const task of [await readTask(sql, userId, asin), await readTask(sql, userId, childAsin)]) {
      assert.deepEqual([task.status, task.video_id], ["completed", null]);
    }
  });

  await t.step("goes with every other one in one statement, one waiting task staying", async () => {
    const { userId, productId, asin, childAsin } = await addFamily(sql);
    await addVideo(sql, userId, { productId });
    await addVideo(sql, userId, { productId });
    await sql`delete from public.product_videos where user_id = ${userId}`;
    assert.equal((await readTask(sql, userId, asin)).video_id, null);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, null);
  });

  await t.step("does not stand in the way of two completed tasks of one ASIN", async () => {
    const { userId, productId, asin } = await addFamily(sql);
    await addVideo(sql, userId, { productId });
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    await sql`delete from public.product_videos where user_id = ${userId}`;
    const left = await listTasks(sql, userId, asin);
    assert.deepEqual(left.map(({ status, video_id }) => [status, video_id]), [["completed", null], [
      "completed",
      null,
    ]]);
  });

  await t.step("is taken from a leased task, which is told", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    const second = await addVideo(sql, userId, { productId });
    await sql`
      update public.influencer_tasks set lease_token = gen_random_uuid(), lease_until = now() + interval '5 minutes'
      where user_id = ${userId} and asin = ${childAsin}`;
    await remove(userId, videoId);
    const child = await readTask(sql, userId, childAsin);
    assert.equal(child.video_id, second);
    assert.ok(child.video_changed_at instanceof Date);
  });
});

Deno.test("unlinked video", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("moves its tasks to the product it is linked to", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    const other = await addProduct(sql, userId);
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.product_videos set product_id = ${other.id} where id = ${videoId}`,
    );
    assert.equal((await readTask(sql, userId, asin)).video_id, null);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, null);
    assert.equal((await readTask(sql, userId, other.asin)).video_id, videoId);
  });

  await t.step("stays on tasks that are completed or were given it directly", async () => {
    const { userId, asin, videoId } = await addFamily(sql);
    const other = await addProduct(sql, userId);
    const { asin: ownAsin } = await addCorrelation(sql, userId, other.id);
    await sql`update public.influencer_tasks set video_id = ${videoId} where user_id = ${userId} and asin = ${ownAsin}`;
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${asin}`;
    await sql`update public.product_videos set product_id = null where id = ${videoId}`;
    assert.equal((await readTask(sql, userId, asin)).video_id, videoId);
    assert.equal((await readTask(sql, userId, ownAsin)).video_id, videoId);
  });
});
