import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import { addCorrelation, addFamily, addVideo, listTasks, readTask } from "./support/fixtures.ts";

Deno.test("repair_inheritance", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  // Only a superuser can switch triggers off for a session, as a careless restore would.
  const careless = database.connect("supabase_admin", { max: 1 });
  await careless`set session_replication_role = replica`;

  await t.step("finds nothing to do in a healthy account", async () => {
    const { userId } = await addFamily(sql, { marketplaces: ["US", "CA", "UK", "DE"] });
    assert.equal((await sql`select private.repair_inheritance(${userId}) as fixed`)[0]!.fixed, 0);
  });

  await t.step("brings lost and wrong videos back and counts them", async () => {
    const { userId, productId, childAsin, videoId } = await addFamily(sql);
    const wrong = await addVideo(sql, userId);
    const other = await addCorrelation(sql, userId, productId);
    await careless`
      update public.influencer_tasks set video_id = null, video_is_inherited = false, inherited_from_task_id = null
      where user_id = ${userId} and asin = ${childAsin}`;
    await careless`
      update public.influencer_tasks set video_id = ${wrong} where user_id = ${userId} and asin = ${other.asin}`;
    assert.equal((await sql`select private.repair_inheritance(${userId}) as fixed`)[0]!.fixed, 2);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    assert.equal((await readTask(sql, userId, other.asin)).video_id, videoId);
  });

  await t.step("leaves other accounts, own videos and completed tasks alone", async () => {
    const mine = await addFamily(sql);
    const other = await addFamily(sql);
    const own = await addVideo(sql, mine.userId);
    const owned = await addCorrelation(sql, mine.userId, mine.productId);
    await sql`update public.influencer_tasks set video_id = ${own} where user_id = ${mine.userId} and asin = ${owned.asin}`;
    await sql`
      update public.influencer_tasks set status = 'completed'
      where user_id = ${mine.userId} and asin = ${mine.childAsin}`;
    await careless`update public.influencer_tasks set video_id = null where asin in (${mine.childAsin}, ${other.childAsin})`;
    assert.equal((await sql`select private.repair_inheritance(${mine.userId}) as fixed`)[0]!.fixed, 0);
    assert.deepEqual((await listTasks(sql, mine.userId, owned.asin)).map(({ video_id }) => video_id), [own]);
    assert.equal((await readTask(sql, other.userId, other.childAsin)).video_id, null);
  });

  await t.step("repairs every account when none is named", async () => {
    const [row] = await sql`select private.repair_inheritance() as fixed`;
    assert.equal(row!.fixed, 1);
    assert.equal((await sql`select private.repair_inheritance() as fixed`)[0]!.fixed, 0);
  });
});
