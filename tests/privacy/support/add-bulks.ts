import type { TestAccount } from "../../functions/support/account.ts";
import type { Sql } from "./world.ts";

/** A bulk of an account, with a video that could not be posted and one whose post was made. */
export interface OwnBulk {
  readonly bulkId: string;
  readonly bulkItemId: string;
}

/** Slots and a template through the Data API, a bulk as the engine writes it; nothing of it is due. */
export async function addBulks(
  sql: Sql,
  account: TestAccount,
  { videoId, postId, channelId, label }: {
    videoId: string;
    postId: string;
    channelId: string;
    label: string;
  },
): Promise<OwnBulk> {
  const { error } = await account.client.from("posting_slots").insert({ weekday: 1, local_time: "18:00" });
  if (error) throw new Error(`Slot refused: ${error.message}`);
  const template = { name: label, caption: `${label} {title}`, hashtags: ["mine"] };
  const { error: refused } = await account.client.from("caption_templates").insert(template);
  if (refused) throw new Error(`Template refused: ${refused.message}`);
  const targets = sql.json([{ platform: "youtube", connection_id: channelId }]);
  const starting_at = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const spread = sql.json({ kind: "every", minutes: 60, starting_at, time_zone: "UTC" });
  const [bulk] = await sql<{ id: string }[]>`
    insert into public.publish_bulks (user_id, caption, targets, spread, total, made_at)
    values (${account.id}, ${label}, ${targets}, ${spread}, 2, now()) returning id`;
  await sql`
    insert into private.publish_bulk_work (bulk_id, user_id, step, work_at)
    values (${bulk!.id}, ${account.id}, 'watch', now() + interval '1 day')`;
  const [item] = await sql<{ id: string }[]>`
    insert into public.publish_bulk_items
      (user_id, bulk_id, position, video_id, published_video_id, status, error_code, error_message)
    values
      (${account.id}, ${bulk!.id}, 0, ${videoId}, null, 'failed', 'duplicate_post', ${label}),
      (${account.id}, ${bulk!.id}, 1, ${videoId}, ${postId}, 'made', null, null)
    returning id`;
  return { bulkId: bulk!.id, bulkItemId: item!.id };
}
