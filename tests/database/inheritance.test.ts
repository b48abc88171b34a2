import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import {
  addCorrelation,
  addFamily,
  addProduct,
  addUser,
  addVideo,
  listTasks,
  newAsin,
  readTask,
} from "./support/fixtures.ts";

Deno.test("correlated task", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const setVideo = (userId: string, asin: string, videoId: string | null) =>
    sql`update public.influencer_tasks set video_id = ${videoId} where user_id = ${userId} and asin = ${asin}`;

  await t.step("inherits the parent's video and says from where", async () => {
    const family = await addFamily(sql);
    const parent = await readTask(sql, family.userId, family.asin);
    const child = await readTask(sql, family.userId, family.childAsin);
    assert.equal(parent.video_id, family.videoId);
    assert.equal(parent.video_is_inherited, false);
    assert.equal(child.video_id, family.videoId);
    assert.equal(child.video_is_inherited, true);
    assert.equal(child.search_asin, family.asin);
    assert.equal(child.inherited_from_task_id, parent.id);
    assert.equal(child.inherited_from_product_id, family.productId);
    assert.equal(child.product_id, family.productId);
  });

  await t.step("waits without a video until its parent has one", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    const { asin } = await addCorrelation(sql, userId, product.id);
    assert.equal((await readTask(sql, userId, asin)).video_id, null);
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const child = await readTask(sql, userId, asin);
    assert.deepEqual([child.video_id, child.video_is_inherited], [videoId, true]);
  });

  await t.step("loses the video with its parent and gets it back with it", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await setVideo(userId, asin, null);
    const without = await readTask(sql, userId, childAsin);
    assert.deepEqual([without.video_id, without.video_is_inherited], [null, false]);
    await setVideo(userId, asin, videoId);
    const again = await readTask(sql, userId, childAsin);
    assert.deepEqual([again.video_id, again.video_is_inherited], [videoId, true]);
  });

  await t.step("follows a replaced video, whoever replaces it", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const byStudio = await addVideo(sql, userId);
    await setVideo(userId, asin, byStudio);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, byStudio);
    const byUser = await addVideo(sql, userId);
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.influencer_tasks set video_id = ${byUser} where asin = ${asin}`,
    );
    assert.equal((await readTask(sql, userId, childAsin)).video_id, byUser);
  });

  await t.step("keeps a video of its own whatever the parent does", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const own = await addVideo(sql, userId);
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.influencer_tasks set video_id = ${own} where asin = ${childAsin}`,
    );
    await setVideo(userId, asin, await addVideo(sql, userId));
    await setVideo(userId, asin, null);
    const child = await readTask(sql, userId, childAsin);
    assert.deepEqual([child.video_id, child.video_is_inherited, child.inherited_from_task_id], [
      own,
      false,
      null,
    ]);
  });

  await t.step("inherits again when its own video is taken away", async () => {
    const { userId, childAsin, videoId } = await addFamily(sql);
    await setVideo(userId, childAsin, await addVideo(sql, userId));
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.influencer_tasks set video_id = null where asin = ${childAsin}`,
    );
    const child = await readTask(sql, userId, childAsin);
    assert.deepEqual([child.video_id, child.video_is_inherited], [videoId, true]);
  });

  await t.step("keeps the video it was completed with and follows when reopened", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${childAsin}`;
    const newVideo = await addVideo(sql, userId);
    await setVideo(userId, asin, newVideo);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    await sql`update public.influencer_tasks set status = 'pending' where user_id = ${userId} and asin = ${childAsin}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, newVideo);
  });

  await t.step("keeps the video it was skipped with", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'skipped' where user_id = ${userId} and asin = ${childAsin}`;
    await setVideo(userId, asin, null);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  });

  await t.step("of two parents has two tasks, each with its own parent's video", async () => {
    const first = await addFamily(sql);
    const product = await addProduct(sql, first.userId);
    const secondVideo = await addVideo(sql, first.userId, { productId: product.id });
    await addCorrelation(sql, first.userId, product.id, { asin: first.childAsin });
    const bySource = async () =>
      new Map(
        (await listTasks(sql, first.userId, first.childAsin)).map((
          task,
        ) => [task.search_asin, task.video_id]),
      );
    assert.deepEqual(await bySource(), new Map([[first.asin, first.videoId], [product.asin, secondVideo]]));
    await setVideo(first.userId, product.asin, null);
    assert.deepEqual(await bySource(), new Map([[first.asin, first.videoId], [product.asin, null]]));
  });

  await t.step("added by hand inherits as well", async () => {
    const { userId, asin, videoId } = await addFamily(sql);
    const other = newAsin();
    await sql`
      insert into public.influencer_tasks (user_id, marketplace, asin, search_asin)
      values (${userId}, 'DE', ${other}, ${asin})`;
    assert.equal((await readTask(sql, userId, other)).video_id, videoId);
  });

  await t.step("turns to the next parent when its parent task is deleted", async () => {
    const { userId, productId, asin, childAsin, videoId } = await addFamily(sql);
    const second = await addVideo(sql, userId, { productId });
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId, "the primary one");
    await sql`delete from public.influencer_tasks where user_id = ${userId} and asin = ${asin} and video_id = ${videoId}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, second);
  });

  await t.step("never sees another user's family with the same ASINs", async () => {
    const mine = await addFamily(sql);
    const strangerId = await addUser(sql);
    const product = await addProduct(sql, strangerId, { asin: mine.asin });
    await addCorrelation(sql, strangerId, product.id, { asin: mine.childAsin });
    assert.equal((await readTask(sql, strangerId, mine.childAsin)).video_id, null);
    await setVideo(mine.userId, mine.asin, null);
    const videoId = await addVideo(sql, strangerId, { productId: product.id });
    assert.equal((await readTask(sql, strangerId, mine.childAsin)).video_id, videoId);
    assert.equal((await readTask(sql, mine.userId, mine.childAsin)).video_id, null);
  });

  await t.step("inherits the thumbnail too, and keeps one of its own", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const setThumbnail = (task: string, path: string | null) =>
      sql`update public.influencer_tasks set thumbnail_path = ${path} where user_id = ${userId} and asin = ${task}`;
    await setThumbnail(asin, `${userId}/parent.jpg`);
    assert.equal((await readTask(sql, userId, childAsin)).thumbnail_path, `${userId}/parent.jpg`);
    await setThumbnail(childAsin, `${userId}/own.jpg`);
    await setThumbnail(asin, `${userId}/newer.jpg`);
    assert.equal((await readTask(sql, userId, childAsin)).thumbnail_path, `${userId}/own.jpg`);
    await setThumbnail(childAsin, null);
    assert.equal((await readTask(sql, userId, childAsin)).thumbnail_path, `${userId}/newer.jpg`);
  });

  await t.step("with its own video still takes the parent's thumbnail", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    await setVideo(userId, childAsin, await addVideo(sql, userId));
    await sql`
      update public.influencer_tasks set thumbnail_path = ${`${userId}/parent.jpg`}
      where user_id = ${userId} and asin = ${asin}`;
    const child = await readTask(sql, userId, childAsin);
    assert.deepEqual([child.thumbnail_path, child.video_is_inherited], [`${userId}/parent.jpg`, false]);
  });

  await t.step("cannot be given provenance by its user", async () => {
    const { userId, childAsin } = await addFamily(sql);
    await assert.rejects(
      asUser(
        sql,
        userId,
        (tx) => tx`update public.influencer_tasks set video_is_inherited = false where asin = ${childAsin}`,
      ),
      { code: "42501" },
    );
  });

  await t.step("cannot be given another user's video", async () => {
    const { userId, childAsin } = await addFamily(sql);
    const stranger = await addFamily(sql);
    await assert.rejects(setVideo(userId, childAsin, stranger.videoId), { code: "23503" });
  });
});
