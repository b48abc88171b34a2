import type { Sql, Transaction } from "../../tests/database/support/database.ts";

export type TaskQuery = (sql: Sql | Transaction, userId: string) => Promise<unknown>;

/** What GET /tasks/influencer-tasks asks: 50 tasks grouped by video, with counts. It filters by `auth.uid()`. */
export const readListPage: TaskQuery = (sql) =>
  sql`select public.list_influencer_tasks(p_status => 'pending', p_limit => 50) as page`;

/** 50 rows with nothing but row level security to tell whose they are. */
export const readRows: TaskQuery = (sql) =>
  sql`
    select * from public.influencer_tasks where status = 'pending'
    order by video_id desc nulls last, id desc limit 50`;

/** The same rows where row level security does not apply. */
export const readRowsOf: TaskQuery = (sql, userId) =>
  sql`
    select * from public.influencer_tasks where status = 'pending' and user_id = ${userId}
    order by video_id desc nulls last, id desc limit 50`;
