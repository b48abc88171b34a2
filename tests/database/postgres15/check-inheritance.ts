import assert from "node:assert/strict";
import { asUser } from "../support/as-role.ts";
import type { Sql } from "../support/database.ts";
import { addCorrelation, addFamily, addVideo, readTask } from "../support/fixtures.ts";

/** Sets, replaces, deletes and un-sets the video of a parent task and sees that its child follows. */
export async function checkInheritance(sql: Sql): Promise<void> {
  const { userId, productId, asin, childAsin, videoId } = await addFamily(sql);
  assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  const second = await addVideo(sql, userId, { productId });
  await sql`update public.product_videos set is_primary = true where id = ${second}`;
  assert.equal((await readTask(sql, userId, childAsin)).video_id, second);
  await sql`delete from public.product_videos where id = ${second}`;
  assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
  await asUser(
    sql,
    userId,
    (tx) => tx`update public.influencer_tasks set video_id = null where asin = ${asin}`,
  );
  assert.equal((await readTask(sql, userId, childAsin)).video_id, null);
  await addCorrelation(sql, userId, productId);
  await sql`delete from public.sourced_products where id = ${productId}`;
  await sql`delete from auth.users where id = ${userId}`;
}
