import type { Sql } from "../../tests/database/support/database.ts";

const TASKS_PER_VIDEO = 20;

/** Drops a table's indexes that back no constraint and returns the statements that make them again. */
async function dropIndexes(admin: Sql, table: string): Promise<string[]> {
  const indexes = await admin<{ name: string; definition: string }[]>`
    select index.indexrelid::regclass::text as name, pg_get_indexdef(index.indexrelid) as definition
    from pg_index as index
    where index.indrelid = ${table}::regclass
      and not exists (select from pg_constraint where conindid = index.indexrelid)`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}

/**
 * Fills influencer_tasks with `total` tasks of these accounts, as many for each, 20 to a video; half are pending, one
 * in ten waits for a video. Triggers and foreign keys are off and the indexes are made at the end, for speed.
 *
 * @param admin one connection as superuser
 * @returns the accounts' ids
 */
export async function fillTasks(admin: Sql, total: number, userCount: number): Promise<string[]> {
  const users = Array.from({ length: userCount }, () => crypto.randomUUID());
  const perUser = Math.ceil(total / userCount);
  const videosPerUser = Math.ceil(perUser / TASKS_PER_VIDEO);
  await admin`set session_replication_role = replica`;
  await admin`
    insert into auth.users (id, email, aud, role)
    select id::uuid, id || '@bench.local', 'authenticated', 'authenticated' from unnest(${users}::text[]) as id`;
  await admin`
    insert into public.product_videos (user_id, filename, size_bytes, mime_type, upload_status)
    select id::uuid, 'clip ' || n || '.mp4', 1048576, 'video/mp4', 'complete'
    from unnest(${users}::text[]) as id cross join generate_series(1, ${videosPerUser}::int) as n`;
  const indexes = await dropIndexes(admin, "public.influencer_tasks");
  // Rows of one account lie scattered over the table, as years of use leave them.
  await admin`
    with videos as (
      select user_id, array_agg(id order by id) as ids from public.product_videos group by user_id
    )
    insert into public.influencer_tasks (
      user_id, marketplace, asin, search_asin, title, video_id, status, completed_at
    )
    select
      videos.user_id, (array['US', 'CA', 'UK', 'DE'])[1 + n % 4],
      'C' || lpad(n::text, 9, '0'), 'P' || lpad((n / 4)::text, 9, '0'), 'A product for task ' || n,
      case when n % 10 > 0 then videos.ids[1 + n % ${videosPerUser}::int] end,
      case when n % 2 = 0 then 'pending' else 'completed' end, case when n % 2 = 1 then now() end
    from generate_series(1, ${perUser}::int) as n cross join videos`;
  for (const definition of indexes) await admin.unsafe(definition);
  await admin`set session_replication_role = origin`;
  await admin`vacuum analyze public.influencer_tasks`;
  await admin`vacuum analyze public.product_videos`;
  return users;
}
