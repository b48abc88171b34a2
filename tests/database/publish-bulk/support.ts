import type { Sql, Transaction } from "../support/database.ts";
import { addVideo } from "../support/fixtures.ts";
import { addConnection, addPublisher, type Publisher } from "../publish/support.ts";

export interface BulkMaker extends Publisher {
  readonly instagramId: string;
}

export interface ClaimedBulk {
  id: string;
  user_id: string;
  lease_token: string;
  lost_leases: number;
  items: { id: string; video: { id: string } | null; product: { title: string; price: number } | null }[];
}

/** Somebody with a video, a channel and an Instagram account, whose clocks show UTC. */
export async function addBulkMaker(sql: Sql): Promise<BulkMaker> {
  const publisher = await addPublisher(sql);
  return { ...publisher, instagramId: await addConnection(sql, publisher.userId, "instagram") };
}

export async function addVideos(sql: Sql, userId: string, amount: number): Promise<string[]> {
  const ids = [];
  for (let i = 0; i < amount; i++) ids.push(await addVideo(sql, userId));
  return ids;
}

/** Slots every day at these times, `HH:MM`. */
export async function addSlots(sql: Sql, userId: string, times: string[], platforms: string[] | null = null) {
  await sql`
    insert into public.posting_slots (user_id, weekday, local_time, platforms)
    select ${userId}, day, time::time, ${platforms}::text[]
    from generate_series(1, 7) as day cross join unnest(${times}::text[]) as time`;
}

export async function createBulk(
  sql: Sql | Transaction,
  maker: BulkMaker,
  videoIds: readonly string[],
  spread: Record<string, unknown> = { kind: "now" },
  platforms: readonly ("youtube" | "instagram")[] = ["youtube", "instagram"],
): Promise<string> {
  const ids = { youtube: maker.connectionId, instagram: maker.instagramId };
  const bulk = {
    video_ids: videoIds,
    caption: "",
    hashtags: [],
    targets: platforms.map((platform) => ({ platform, connection_id: ids[platform] })),
    spread: spread as Record<string, string | number>,
  };
  const [row] = await sql<{ answer: { id: string; total: number } }[]>`
    select public.create_bulk(${maker.userId}, ${sql.json(bulk)}) as answer`;
  return row!.answer.id;
}

export async function claimBulk(sql: Sql, bulkId?: string, limit = 40): Promise<ClaimedBulk | null> {
  const [row] = await sql<{ bulk: ClaimedBulk | null }[]>`
    select public.claim_bulk(${limit}, 60, ${bulkId ?? null}) as bulk`;
  return row!.bulk;
}

/** Makes the post of an item as the worker does; the text is the item's own, unless it is given. */
export async function makeItem(
  sql: Sql,
  maker: BulkMaker,
  bulk: ClaimedBulk,
  itemId: string,
  { caption = itemId, platforms = ["youtube", "instagram"] as readonly ("youtube" | "instagram")[] } = {},
): Promise<string> {
  const ids = { youtube: maker.connectionId, instagram: maker.instagramId };
  const post = {
    video_id: bulk.items.find(({ id }) => id === itemId)!.video!.id,
    caption,
    targets: platforms.map((platform) => ({ platform, connection_id: ids[platform] })),
  };
  const [row] = await sql<{ outcome: string }[]>`
    select public.make_bulk_item(${bulk.id}, ${bulk.lease_token}, ${itemId}, ${
    sql.json(post)
  }, 60) as outcome`;
  return row!.outcome;
}

/** Makes everything of a bulk that waits. */
export async function makeAll(
  sql: Sql,
  maker: BulkMaker,
  bulkId: string,
  platforms?: readonly ("youtube" | "instagram")[],
): Promise<void> {
  const bulk = (await claimBulk(sql, bulkId, 200))!;
  for (const item of bulk.items) await makeItem(sql, maker, bulk, item.id, { platforms });
  await sql`select public.release_bulk(${bulk.id}, ${bulk.lease_token})`;
}

/** When posts of a bulk go out on a platform, in the order of its videos. */
export async function readTimes(sql: Sql, bulkId: string, platform = "youtube"): Promise<Date[]> {
  const rows = await sql<{ scheduled_for: Date }[]>`
    select target.scheduled_for
    from public.publish_bulk_items as item
    join public.publishing_queue as target on target.published_video_id = item.published_video_id
    where item.bulk_id = ${bulkId} and target.platform = ${platform}
    order by item.position`;
  return rows.map((row) => row.scheduled_for);
}
