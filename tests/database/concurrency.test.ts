import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase, type Transaction } from "./support/database.ts";
import {
  addCorrelation,
  addFamily,
  addProduct,
  addUser,
  addVideo,
  listTasks,
  readTask,
} from "./support/fixtures.ts";
import { overlap } from "./support/overlap.ts";

Deno.test("two transactions at once", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  // Enough connections for both transactions and the look at pg_stat_activity.
  const pool = database.connect("postgres", { max: 6 });
  const asOperator = <T>(work: (tx: Transaction) => Promise<T>) => pool.begin(work) as Promise<T>;
  const asOwner = (userId: string) => <T>(work: (tx: Transaction) => Promise<T>) =>
    asUser(pool, userId, work);

  const setUp = async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    const correlation = await addCorrelation(sql, userId, product.id, { status: "candidate" });
    const videoId = await addVideo(sql, userId);
    const link = (tx: Transaction) =>
      tx`update public.product_videos set product_id = ${product.id} where id = ${videoId}`;
    const accept = (tx: Transaction) =>
      tx`update public.asin_correlations set status = 'accepted' where id = ${correlation.id}`;
    return { userId, product, childAsin: correlation.asin, videoId, link, accept };
  };

  for (const order of ["link, then accept", "accept, then link"] as const) {
    for (const caller of ["the user", "the operator"] as const) {
      await t.step(`${caller}: ${order} gives the correlated task its video`, async () => {
        const { userId, childAsin, videoId, link, accept } = await setUp();
        const begin = caller === "the user" ? asOwner(userId) : asOperator;
        if (order === "link, then accept") await overlap(sql, begin, link, accept);
        else await overlap(sql, begin, accept, link);
        const child = await readTask(sql, userId, childAsin);
        assert.deepEqual([child.video_id, child.video_is_inherited], [videoId, true]);
      });
    }
  }

  await t.step(
    "replacing the parent's video while a correlation is accepted leaves nobody behind",
    async () => {
      const { userId, productId, asin } = await addFamily(sql);
      const correlation = await addCorrelation(sql, userId, productId, { status: "candidate" });
      const newVideo = await addVideo(sql, userId);
      await overlap(
        sql,
        asOperator,
        (tx) =>
          tx`update public.influencer_tasks set video_id = ${newVideo} where user_id = ${userId} and asin = ${asin}`,
        (tx) => tx`update public.asin_correlations set status = 'accepted' where id = ${correlation.id}`,
      );
      assert.equal((await readTask(sql, userId, correlation.asin)).video_id, newVideo);
    },
  );

  await t.step("two first videos of a product leave one primary and a task each", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId);
    const first = await addVideo(sql, userId);
    const second = await addVideo(sql, userId);
    const link = (id: string) => (tx: Transaction) =>
      tx`update public.product_videos set product_id = ${product.id} where id = ${id}`;
    await overlap(sql, asOperator, link(first), link(second));
    const primaries = await sql`
      select id from public.product_videos where product_id = ${product.id} and is_primary`;
    assert.deepEqual(primaries.map(({ id }) => id), [first]);
    assert.deepEqual(
      (await listTasks(sql, userId)).map(({ video_id }) => video_id).sort(),
      [first, second].sort(),
    );
  });

  await t.step("of different users do not wait for each other", async () => {
    const mine = await setUp();
    // Accounts share 1024 locks; take one with another lock.
    const slotOf = async (userId: string) =>
      (await sql`select hashtextextended(${userId}, 0) & 1023 as slot`)[0]!.slot as string;
    let other = await setUp();
    while (await slotOf(other.userId) === await slotOf(mine.userId)) other = await setUp();
    await asUser(pool, mine.userId, async (tx) => {
      await mine.link(tx);
      await asUser(pool, other.userId, async (otherTx) => {
        await otherTx`set local lock_timeout = '2s'`;
        await other.link(otherTx);
        await other.accept(otherTx);
      });
    });
    assert.equal((await readTask(sql, other.userId, other.childAsin)).video_id, other.videoId);
  });
});
