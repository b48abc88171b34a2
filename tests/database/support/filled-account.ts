import type { Sql } from "./database.ts";
import { addCorrelation, addProduct, addUser, addVideo } from "./fixtures.ts";

/** An account with at least one row in every table a user can read. */
export async function addFilledAccount(sql: Sql): Promise<string> {
  const userId = await addUser(sql);
  const product = await addProduct(sql, userId, { marketplaces: ["US", "UK"] });
  const videoId = await addVideo(sql, userId, { productId: product.id });
  await addCorrelation(sql, userId, product.id);
  await addCorrelation(sql, userId, product.id, { status: "candidate", marketplace: "DE" });
  for (const table of ["crm_owners", "crm_collaboration_types", "crm_contact_sources", "crm_marketplaces"]) {
    await sql`insert into ${sql("public." + table)} (user_id, name) values (${userId}, 'Something')`;
  }
  await sql`
    insert into public.product_owners (user_id, product_id, owner_id)
    select ${userId}, ${product.id}, id from public.crm_owners where user_id = ${userId}`;
  const [connection] = await sql<{ id: string }[]>`
    insert into public.user_onedrive_connections (user_id, account_key, account_type, drive_id)
    values (${userId}, ${userId}, 'personal', 'drive')
    returning id`;
  await sql`
    insert into public.onedrive_upload_sessions (
      user_id, connection_id, product_id, drive_id, folder_id, folder_path, filename, size_bytes, mime_type,
      fingerprint, fragment_size, expires_at, video_id
    )
    values (
      ${userId}, ${
    connection!.id
  }, ${product.id}, 'drive', 'folder', '/Cliprelay', 'clip.mp4', 10, 'video/mp4',
      ${"0".repeat(64)}, 327680, now() + interval '1 day', ${videoId}
    )`;
  await sql`
    update public.product_videos
    set connection_id = ${connection!.id}, inherited_from_product_id = ${product.id}
    where id = ${videoId}`;
  await addBulk(sql, userId, videoId, await addPost(sql, userId, videoId));
  await sql`insert into public.posting_slots (user_id, weekday, local_time) values (${userId}, 1, '18:00')`;
  await sql`insert into public.caption_templates (user_id, name) values (${userId}, 'Something')`;
  await sql`
    insert into public.video_formats (user_id, video_id, file_key, facts) values (${userId}, ${videoId}, ${userId}, '{}')`;
  await sql`
    insert into public.video_variants (user_id, video_id, source_key, recipe)
    values (${userId}, ${videoId}, ${userId}, 'recipe')`;
  await sql`insert into public.notifications (user_id, kind, title) values (${userId}, 'video.done', 'Uploaded')`;
  await sql`insert into public.activity_events (user_id, kind) values (${userId}, 'video.uploaded')`;
  return userId;
}

async function addPost(sql: Sql, userId: string, videoId: string): Promise<string> {
  const [account] = await sql<{ id: string }[]>`
    insert into public.oauth_connections (user_id, platform, route, account_id)
    values (${userId}, 'youtube', 'google', ${userId})
    returning id`;
  const [post] = await sql<{ id: string }[]>`
    insert into public.published_videos (user_id, video_id) values (${userId}, ${videoId}) returning id`;
  const [target] = await sql<{ id: string }[]>`
    insert into public.publishing_queue (user_id, published_video_id, platform, connection_id)
    values (${userId}, ${post!.id}, 'youtube', ${account!.id})
    returning id`;
  await sql`
    insert into public.publish_attempts (user_id, target_id, step, outcome)
    values (${userId}, ${target!.id}, 'prepare', 'failed')`;
  return post!.id;
}

async function addBulk(sql: Sql, userId: string, videoId: string, postId: string): Promise<void> {
  const [bulk] = await sql<{ id: string }[]>`
    insert into public.publish_bulks (user_id, targets, spread, total)
    values (${userId}, '[]', '{"kind": "now"}', 1)
    returning id`;
  await sql`
    insert into public.publish_bulk_items (user_id, bulk_id, position, video_id, published_video_id, status)
    select ${userId}, ${bulk!.id}, count(*), ${videoId}, ${postId}, 'made' from public.publish_bulk_items`;
}
