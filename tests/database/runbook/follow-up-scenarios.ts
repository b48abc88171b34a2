import assert from "node:assert/strict";
import { addPublisher, createPost, makeReady } from "../publish/support.ts";
import type { Sql } from "../support/database.ts";
import type { Scenario } from "./scenario.ts";

/** A published post whose cover and first comment are still to be made. */
async function addPublished(sql: Sql) {
  const publisher = await addPublisher(sql);
  const [target] = (await createPost(sql, publisher)).targets;
  const job = await makeReady(sql, target!.id);
  await sql`select public.begin_irreversible_call(${job.target_id}, ${job.lease_token}, ${job.revision}, '{}')`;
  await sql`
    select public.finish_with_follow_ups(
      ${job.target_id}, ${job.lease_token}, 'post-1', 'https://example.com/1', ${["cover", "first_comment"]}
    )`;
  return { userId: publisher.userId, targetId: target!.id };
}

/** The snippets about what is left to do on a published post. */
export const FOLLOW_UP_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-follow-ups": async ({ sql, run }) => {
    const { userId, targetId } = await addPublished(sql);
    await addPublished(sql);
    const rows = await run({ "user id": userId });
    assert.deepEqual(rows.map((row) => [row.target_id, row.kind, row.attempts]), [
      [targetId, "cover", 0],
      [targetId, "first_comment", 0],
    ]);
  },

  "drop-follow-up": async ({ sql, run }) => {
    const { targetId } = await addPublished(sql);
    await run({ "target id": targetId, kind: "first_comment" });
    const left = await sql`select kind from private.publish_follow_ups where target_id = ${targetId}`;
    assert.deepEqual(left.map(({ kind }) => kind), ["cover"]);
  },
};
