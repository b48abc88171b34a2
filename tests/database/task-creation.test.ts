import assert from "node:assert/strict";
import { asRole, asUser } from "./support/as-role.ts";
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

const ALL = ["US", "CA", "UK", "DE"];

Deno.test("tasks of a product", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const marketplacesOf = async (userId: string, asin: string) =>
    (await listTasks(sql, userId, asin)).map(({ marketplace }) => marketplace);
  const setMarketplaces = (productId: string, marketplaces: string[]) =>
    sql`update public.sourced_products set enabled_marketplaces = ${marketplaces} where id = ${productId}`;

  await t.step("appear for every enabled marketplace when a video is complete", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId, { marketplaces: ALL });
    const videoId = await addVideo(sql, userId, { productId: product.id, status: "uploading" });
    assert.deepEqual(await listTasks(sql, userId), []);
    await sql`update public.product_videos set upload_status = 'complete' where id = ${videoId}`;
    assert.deepEqual(await marketplacesOf(userId, product.asin), ["CA", "DE", "UK", "US"]);
  });

  await t.step("appear when the user links a video", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    const videoId = await addVideo(sql, userId);
    const [row] = await asUser(
      sql,
      userId,
      (tx) =>
        tx`update public.product_videos set product_id = ${product.id} where id = ${videoId} returning is_primary`,
    );
    assert.equal(row!.is_primary, true);
    assert.equal((await readTask(sql, userId, product.asin)).video_id, videoId);
  });

  await t.step("are one per video, and the waiting one is filled first", async () => {
    const { userId, productId, asin, videoId } = await addFamily(sql);
    await sql`delete from public.product_videos where id = ${videoId}`;
    const waiting = await readTask(sql, userId, asin);
    assert.equal(waiting.video_id, null);
    const first = await addVideo(sql, userId, { productId });
    assert.deepEqual(
      (await listTasks(sql, userId, asin)).map(({ id, video_id }) => [id, video_id]),
      [[waiting.id, first]],
    );
    const second = await addVideo(sql, userId, { productId });
    assert.deepEqual((await listTasks(sql, userId, asin)).map(({ video_id }) => video_id), [first, second]);
  });

  await t.step("fill one that was added by hand without a product", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    await sql`
      insert into public.influencer_tasks (user_id, marketplace, asin, search_asin)
      values (${userId}, 'US', ${product.asin}, ${product.asin})`;
    const videoId = await addVideo(sql, userId, { productId: product.id });
    const task = await readTask(sql, userId, product.asin);
    assert.deepEqual([task.video_id, task.product_id], [videoId, product.id]);
  });

  await t.step("take their video back when it is linked again", async () => {
    const { userId, productId, asin, videoId } = await addFamily(sql);
    const task = await readTask(sql, userId, asin);
    await sql`update public.product_videos set product_id = null where id = ${videoId}`;
    assert.equal((await readTask(sql, userId, asin)).video_id, null);
    await sql`update public.product_videos set product_id = ${productId} where id = ${videoId}`;
    const again = await readTask(sql, userId, asin);
    assert.deepEqual([again.id, again.video_id], [task.id, videoId]);
  });

  await t.step("follow the enabled marketplaces", async () => {
    const { userId, productId, asin, childAsin } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    await setMarketplaces(productId, ["US", "UK"]);
    assert.deepEqual(await marketplacesOf(userId, asin), ["UK", "US"]);
    assert.deepEqual(await marketplacesOf(userId, childAsin), ["UK", "US"]);
  });

  await t.step("stay in a disabled marketplace when completed or asked for by a correlation", async () => {
    const { userId, productId, asin } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    const german = await addCorrelation(sql, userId, productId, { marketplace: "DE" });
    await sql`
      update public.influencer_tasks set status = 'completed'
      where user_id = ${userId} and asin = ${asin} and marketplace = 'DE'`;
    await setMarketplaces(productId, ["US"]);
    assert.deepEqual(await marketplacesOf(userId, asin), ["DE", "US"]);
    assert.deepEqual(await marketplacesOf(userId, german.asin), ["DE"]);
  });

  await t.step("wait for the queue when the user prefers that", async () => {
    const userId = await addUser(sql);
    await sql`update public.profiles set auto_queue_tasks = false where user_id = ${userId}`;
    const product = await addProduct(sql, userId, { marketplaces: ["US", "CA"] });
    const { asin } = await addCorrelation(sql, userId, product.id);
    const videoId = await addVideo(sql, userId, { productId: product.id });
    assert.deepEqual(await marketplacesOf(userId, product.asin), []);
    const [row] = await asUser(
      sql,
      userId,
      (tx) => tx`select public.queue_video_tasks(${videoId}) as counts`,
    );
    assert.deepEqual(row!.counts, { created_count: 2, reopened_count: 0 });
    assert.deepEqual(await marketplacesOf(userId, product.asin), ["CA", "US"]);
    assert.deepEqual((await listTasks(sql, userId, asin)).map(({ video_id }) => video_id), [
      videoId,
      videoId,
    ]);
  });
});

Deno.test("tasks of a correlation", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const decide = (userId: string, id: string, status: string) =>
    asUser(sql, userId, (tx) => tx`update public.asin_correlations set status = ${status} where id = ${id}`);

  await t.step("appear on acceptance and go with it", async () => {
    const { userId, productId, videoId } = await addFamily(sql);
    const { id, asin } = await addCorrelation(sql, userId, productId, { status: "candidate" });
    assert.deepEqual(await listTasks(sql, userId, asin), []);
    await decide(userId, id, "accepted");
    assert.equal((await readTask(sql, userId, asin)).video_id, videoId);
    await decide(userId, id, "rejected");
    assert.deepEqual(await listTasks(sql, userId, asin), []);
  });

  await t.step("stay when completed or given a video of their own", async () => {
    const { userId, productId } = await addFamily(sql);
    const done = await addCorrelation(sql, userId, productId);
    const owned = await addCorrelation(sql, userId, productId);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${done.asin}`;
    await sql`
      update public.influencer_tasks set video_id = ${await addVideo(sql, userId)}
      where user_id = ${userId} and asin = ${owned.asin}`;
    await asUser(sql, userId, (tx) => tx`delete from public.asin_correlations`);
    assert.equal((await listTasks(sql, userId, done.asin)).length, 1);
    assert.equal((await listTasks(sql, userId, owned.asin)).length, 1);
  });

  await t.step("are not doubled by a task with its own video", async () => {
    const { userId, productId, childAsin } = await addFamily(sql);
    await sql`
      update public.influencer_tasks set video_id = ${await addVideo(sql, userId)}
      where user_id = ${userId} and asin = ${childAsin}`;
    await addVideo(sql, userId, { productId });
    assert.equal((await listTasks(sql, userId, childAsin)).length, 1);
  });

  await t.step("take search_asin from the product and refuse its own ASIN", async () => {
    const { userId, productId, asin } = await addFamily(sql);
    await assert.rejects(
      asUser(
        sql,
        userId,
        (tx) => tx`insert into public.asin_correlations (product_id, asin) values (${productId}, ${asin})`,
      ),
      { code: "PT422", detail: "correlation_is_own_asin" },
    );
  });
});

Deno.test("Queue for Amazon", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const queue = (userId: string, videoId: string) =>
    asUser(
      sql,
      userId,
      async (tx) => (await tx`select public.queue_video_tasks(${videoId}) as counts`)[0]!.counts,
    );

  await t.step("reopens finished tasks of the video, inherited ones included", async () => {
    const { userId, videoId } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    assert.deepEqual(await queue(userId, videoId), { created_count: 0, reopened_count: 2 });
    assert.deepEqual((await listTasks(sql, userId)).map(({ status }) => status), ["pending", "pending"]);
    assert.deepEqual(await queue(userId, videoId), { created_count: 0, reopened_count: 0 });
  });

  await t.step("explains what is missing", async () => {
    const { userId, productId } = await addFamily(sql);
    const loose = await addVideo(sql, userId);
    const incomplete = await addVideo(sql, userId, { productId, status: "uploading" });
    const stranger = await addFamily(sql);
    await assert.rejects(queue(userId, loose), { code: "PT422", detail: "video_not_linked" });
    await assert.rejects(queue(userId, incomplete), { code: "PT422", detail: "video_not_complete" });
    await assert.rejects(queue(userId, stranger.videoId), { code: "PT404", detail: "video_not_found" });
    await assert.rejects(queue(userId, crypto.randomUUID()), { code: "PT404", detail: "video_not_found" });
  });

  await t.step("is closed to anonymous callers and open to the operator", async () => {
    const { videoId } = await addFamily(sql);
    await assert.rejects(
      asRole(sql, { role: "anon" }, (tx) => tx`select public.queue_video_tasks(${videoId})`),
      { code: "42501" },
    );
    await sql`select public.queue_video_tasks(${videoId})`;
  });
});
