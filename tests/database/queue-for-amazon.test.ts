import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addCorrelation, addFamily, addProduct, addUser, addVideo, listTasks } from "./support/fixtures.ts";

const CALLERS = 8;

Deno.test("Queue for Amazon", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const pool = database.connect("postgres", { max: CALLERS });
  const queue = (userId: string, videoId: string) =>
    asUser(
      pool,
      userId,
      async (tx) =>
        (await tx`select public.queue_video_tasks(${videoId}) as counts`)[0]!.counts as {
          created_count: number;
          reopened_count: number;
        },
    );
  const queueByHand = (userId: string) =>
    sql`update public.profiles set auto_queue_tasks = false where user_id = ${userId}`;
  const keysOf = async (userId: string) =>
    (await listTasks(sql, userId)).map(({ marketplace, asin, search_asin, video_id }) =>
      [marketplace, asin, search_asin, video_id].join()
    );
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

  await t.step("pressed in many tabs at once makes each task once", async () => {
    const userId = await addUser(sql);
    await queueByHand(userId);
    const product = await addProduct(sql, userId, { marketplaces: ["US", "CA", "UK", "DE"] });
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => queue(userId, videoId)));
    assert.equal(sum(answers.map(({ created_count }) => created_count)), 4);
    const keys = await keysOf(userId);
    assert.equal(keys.length, 4);
    assert.equal(new Set(keys).size, 4);
  });

  await t.step("pressed in many tabs at once reopens each task once", async () => {
    const { userId, videoId } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    const before = await keysOf(userId);
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => queue(userId, videoId)));
    assert.equal(sum(answers.map(({ reopened_count }) => reopened_count)), 4);
    assert.equal(sum(answers.map(({ created_count }) => created_count)), 0);
    assert.deepEqual(await keysOf(userId), before);
  });

  await t.step("of several videos and correlations at once leaves one task each", async () => {
    const userId = await addUser(sql);
    await queueByHand(userId);
    const product = await addProduct(sql, userId, { marketplaces: ["US", "DE"] });
    const videos = [];
    for (let i = 0; i < 3; i++) videos.push(await addVideo(sql, userId, { productId: product.id }));
    await Promise.all([
      ...videos.map((videoId) => queue(userId, videoId)),
      ...videos.map((videoId) => queue(userId, videoId)),
      addCorrelation(pool, userId, product.id),
    ]);
    const tasks = await listTasks(sql, userId);
    assert.equal(tasks.filter(({ asin }) => asin === product.asin).length, videos.length * 2);
    const children = tasks.filter(({ asin }) => asin !== product.asin);
    assert.deepEqual(children.map(({ video_id }) => video_id), [videos[0], videos[0]], "the primary one");
  });

  await t.step("creates what is missing and reopens the rest in one call", async () => {
    const { userId, productId, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    await queueByHand(userId);
    await sql`update public.sourced_products set enabled_marketplaces = '{US,DE}' where id = ${productId}`;
    const parents = async () =>
      (await listTasks(sql, userId)).filter((task) => task.asin === task.search_asin).length;
    assert.equal(await parents(), 1, "the new marketplace waits for the queue");
    assert.deepEqual(await queue(userId, videoId), { created_count: 1, reopened_count: 2 });
    assert.equal(await parents(), 2);
    assert.ok(
      (await listTasks(sql, userId)).every(({ status, video_id }) =>
        status === "pending" && video_id === videoId
      ),
    );
    assert.deepEqual(await queue(userId, videoId), { created_count: 0, reopened_count: 0 });
  });

  await t.step(
    "leaves skipped tasks of another video, and tasks of other products, as they are",
    async () => {
      const { userId, productId, videoId } = await addFamily(sql);
      const second = await addVideo(sql, userId, { productId });
      const other = await addProduct(sql, userId);
      await addVideo(sql, userId, { productId: other.id });
      await sql`update public.influencer_tasks set status = 'skipped' where user_id = ${userId}`;
      assert.deepEqual(await queue(userId, videoId), { created_count: 0, reopened_count: 2 });
      const open = (await listTasks(sql, userId)).filter(({ status }) => status === "pending");
      assert.ok(open.every((task) => task.video_id === videoId && task.product_id === productId));
      assert.deepEqual(await queue(userId, second), { created_count: 0, reopened_count: 1 });
    },
  );

  await t.step("by hand leaves accepted correlations waiting until the video is queued", async () => {
    const userId = await addUser(sql);
    await queueByHand(userId);
    const product = await addProduct(sql, userId);
    const { asin } = await addCorrelation(sql, userId, product.id);
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const [waiting] = await listTasks(sql, userId, asin);
    assert.equal(waiting!.video_id, null);
    await queue(userId, videoId);
    const [queued] = await listTasks(sql, userId, asin);
    assert.deepEqual([queued!.id, queued!.video_id], [waiting!.id, videoId]);
  });

  await t.step("at once again makes tasks of later videos alone", async () => {
    const userId = await addUser(sql);
    await queueByHand(userId);
    const product = await addProduct(sql, userId);
    await addVideo(sql, userId, { productId: product.id });
    await sql`update public.profiles set auto_queue_tasks = true where user_id = ${userId}`;
    assert.deepEqual(await listTasks(sql, userId), []);
    const later = await addVideo(sql, userId, { productId: product.id });
    assert.deepEqual((await listTasks(sql, userId)).map(({ video_id }) => video_id), [later]);
  });
});
