import assert from "node:assert/strict";
import type { TestAccount } from "../../functions/support/account.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import type { Sql } from "./world.ts";

/** Two posts of an account, each on one account of a platform. */
export interface OwnPosts {
  /** Failed; it goes out tomorrow once it is tried again. */
  readonly postId: string;
  readonly targetId: string;
  /** Called a day ago, and nobody knows whether it is there. */
  readonly openPostId: string;
  readonly openTargetId: string;
  /** Another version of the video's file, not made yet. */
  readonly variantId: string;
}

const DAY_MS = 24 * 3600 * 1000;

/** Writes posts through the door a person uses, then what the engine keeps of them; nothing of it is due. */
export async function addPosts(
  env: Readonly<Record<string, string>>,
  sql: Sql,
  account: TestAccount,
  { videoId, channelId, label }: { videoId: string; channelId: string; label: string },
): Promise<OwnPosts> {
  const create = async (caption: string) => {
    const { status, body } = await callFunction(env, account, "POST", "publish/posts", {
      headers: { "idempotency-key": caption },
      body: {
        video_id: videoId,
        caption,
        hashtags: ["mine"],
        scheduled_for: new Date(Date.now() + DAY_MS).toISOString(),
        targets: [{ platform: "youtube", connection_id: channelId, caption, options: { title: caption } }],
      },
    });
    assert.equal(status, 201, JSON.stringify(body));
    const [target] = body.targets as { id: string }[];
    return { postId: String(body.published_video_id), targetId: target!.id };
  };
  const failed = await create(`${label} failed`);
  const open = await create(`${label} open`);

  const show = (id: string, status: string) =>
    sql`
    update publishing_queue
    set status = ${status}, error_code = 'text_not_accepted', error_message = ${label}, attempts = 1
    where id = ${id}`;
  await sql`
    update private.publish_jobs
    set work_at = null, is_waiting = false, secret = ${label}, secret_key_id = 'k1'
    where target_id in ${sql([failed.targetId, open.targetId])}`;
  await sql`
    update private.publish_jobs
    set step = 'reconcile', called_at = now() - interval '1 day', settle_until = now() - interval '23 hours'
    where target_id = ${open.targetId}`;
  for (const status of ["preparing", "failed"]) await show(failed.targetId, status);
  for (const status of ["preparing", "publishing", "unknown"]) await show(open.targetId, status);
  await sql`
    insert into publish_attempts (user_id, target_id, step, outcome, error_code, error_message, provider_reference)
    values (${account.id}, ${failed.targetId}, 'upload', 'failed', 'text_not_accepted', ${label}, ${label})`;
  await sql`
    insert into video_formats (user_id, video_id, file_key, facts)
    values (${account.id}, ${videoId}, ${label}, ${sql.json({ size_bytes: 700_000 })})`;
  const [variant] = await sql<{ id: string }[]>`
    with made as (
      insert into video_variants (user_id, video_id, source_key, recipe)
      values (${account.id}, ${videoId}, ${label}, 'recipe') returning id
    )
    insert into private.variant_works (variant_id, object_path, job_id)
    select id, ${`${account.id}/variant.mp4`}, ${label} from made
    returning variant_id as id`;
  await sql`select claim_staged_copy(${failed.postId}, ${account.id}, 700000, 1)`;
  await sql`
    insert into private.awaited_links (target_id, ask_at)
    values (${failed.targetId}, now() + interval '1 day')`;
  await sql`select take_budget('youtube.inserts', null, ${account.id})`;
  return {
    ...failed,
    openPostId: open.postId,
    openTargetId: open.targetId,
    variantId: variant!.id,
  };
}
