import assert from "node:assert/strict";
import { addBulkMaker, addVideos, claimBulk, createBulk } from "../publish-bulk/support.ts";
import type { Sql } from "../support/database.ts";
import type { Scenario } from "./scenario.ts";

/** A bulk of two videos that has no posts yet. */
async function addBulk(sql: Sql) {
  const maker = await addBulkMaker(sql);
  return { ...maker, bulkId: await createBulk(sql, maker, await addVideos(sql, maker.userId, 2)) };
}

/** The snippets about bulks. */
export const BULK_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-bulks": async ({ sql, run }) => {
    const { userId, bulkId } = await addBulk(sql);
    await addBulk(sql);
    assert.ok(await claimBulk(sql, bulkId));
    const [row, ...others] = await run({ "user id": userId });
    assert.deepEqual([row!.id, row!.step, row!.waiting, row!.failed], [bulkId, "make", "2", "0"]);
    assert.ok(row!.lease_until instanceof Date);
    assert.deepEqual(others, []);
  },

  "stop-bulk": async ({ sql, run }) => {
    const { bulkId } = await addBulk(sql);
    const [row] = await run({ "bulk id": bulkId });
    assert.deepEqual((row!.cancel_bulk as { videos: number }).videos, 2);
    const items = await sql`select status from public.publish_bulk_items where bulk_id = ${bulkId}`;
    assert.deepEqual(items.map(({ status }) => status), ["canceled", "canceled"]);
  },
};
