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

Deno.test("cycles of inheritance", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  // What holds even where triggers are off.
  const careless = database.connect("supabase_admin", { max: 1 });
  await careless`set session_replication_role = replica`;

  await t.step("do not come from two products that are each other's correlation", async () => {
    const userId = await addUser(sql);
    const [first, second] = [await addProduct(sql, userId), await addProduct(sql, userId)];
    await addCorrelation(sql, userId, first.id, { asin: second.asin });
    await addCorrelation(sql, userId, second.id, { asin: first.asin });
    const read = async () =>
      (await listTasks(sql, userId)).map((task) =>
        [task.asin === first.asin ? 1 : 2, task.search_asin === first.asin ? 1 : 2, task.video_id] as const
      );
    const video = await addVideo(sql, userId, { productId: first.id });
    assert.deepEqual(
      await read(),
      [[1, 1, video], [2, 1, video], [1, 2, null]],
      "the second product gets nothing",
    );
    const other = await addVideo(sql, userId, { productId: second.id });
    assert.deepEqual(await read(), [[1, 1, video], [2, 1, video], [1, 2, other], [2, 2, other]]);
    assert.equal((await sql`select private.repair_inheritance(${userId}) as fixed`)[0]!.fixed, 0);
  });

  await t.step("do not come from a child whose ASIN is a product's own", async () => {
    const { userId, asin, childAsin, videoId } = await addFamily(sql);
    const product = await addProduct(sql, userId, { asin: childAsin });
    const grandchild = await addCorrelation(sql, userId, product.id);
    const task = await readTask(sql, userId, grandchild.asin);
    assert.deepEqual([task.search_asin, task.video_id], [childAsin, null], "one level, not two");
    const [child] = (await listTasks(sql, userId, childAsin)).filter((each) => each.search_asin === asin);
    assert.equal(child!.video_id, videoId);
  });

  await t.step("are refused by constraint when written by hand", async () => {
    const { userId, asin, childAsin } = await addFamily(sql);
    const parent = await readTask(sql, userId, asin);
    const child = await readTask(sql, userId, childAsin);
    const tries = [
      () => careless`update public.influencer_tasks set inherited_from_task_id = id where id = ${child.id}`,
      () =>
        careless`update public.influencer_tasks set inherited_from_task_id = ${child.id} where id = ${parent.id}`,
      () => careless`update public.influencer_tasks set video_is_inherited = true where id = ${parent.id}`,
      () => careless`update public.influencer_tasks set search_asin = asin where id = ${child.id}`,
    ];
    for (const attempt of tries) await assert.rejects(async () => await attempt(), { code: "23514" });
  });
});
