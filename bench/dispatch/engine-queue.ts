import type { TestDatabase } from "../../tests/database/support/database.ts";
import { CONCURRENCY, drainBy, type Queue } from "./queue.ts";

const USERS = 100;
const LANE = 0;
const LEASE_SECONDS = 30;

/**
 * The product's own functions as a worker calls them for the last step of a post: the platform has taken it
 * (`confirm`), the worker claims the job, hears that the post is out and finishes the target.
 */
export function createEngineQueue(database: TestDatabase): Queue {
  const admin = database.connect("supabase_admin", { max: 1 });
  const sql = database.connect("postgres", { max: CONCURRENCY });
  const work = async () => {
    const [job] = await sql<{ target_id: string; lease_token: string }[]>`
      select * from public.claim_publish_jobs(${LANE}, 1, ${LEASE_SECONDS})`;
    if (!job) return false;
    const [row] = await sql<{ is_finished: boolean }[]>`
      select public.finish_publish_job(
        ${job.target_id}, ${job.lease_token}, 'post', 'https://platform.test/post'
      ) as is_finished`;
    if (!row!.is_finished) throw new Error(`The lease on target ${job.target_id} was lost.`);
    return true;
  };

  return {
    name: "engine",
    async fill(count) {
      // Without triggers and keys, for speed alone: the rows are those of posts whose call was made.
      await admin`set session_replication_role = replica`;
      await admin`truncate private.publish_jobs, private.untold_targets`;
      await admin`
        with accounts as (
          insert into auth.users (id, email, aud, role)
          select id, id || '@bench.local', 'authenticated', 'authenticated'
          from (select gen_random_uuid() as id from generate_series(1, ${USERS}::int)) as made
          returning id
        ),
        numbered as (select id, row_number() over () - 1 as n from accounts),
        posts as (
          insert into public.published_videos (user_id, caption)
          select numbered.id, 'A caption ' || job.n
          from generate_series(1, ${count}::int) as job (n)
          join numbered on numbered.n = job.n % ${USERS}::int
          returning id, user_id
        ),
        targets as (
          insert into public.publishing_queue (
            user_id, published_video_id, platform, connection_id, content_key, status, scheduled_for, called_at
          )
          select user_id, id, 'youtube', gen_random_uuid(), encode(sha256(id::text::bytea), 'hex'), 'publishing',
            now(), now()
          from posts
          returning id, user_id
        )
        insert into private.publish_jobs (
          target_id, user_id, step, due_at, work_at, is_waiting, checkpoint, called_at, settle_until
        )
        select id, user_id, 'confirm', now(), now(), false, '{"video":"abc"}', now(), now() from targets`;
      await admin`set session_replication_role = origin`;
      await admin.unsafe("vacuum analyze private.publish_jobs");
      await admin.unsafe("vacuum analyze public.publishing_queue");
    },
    drain: (signal) => drainBy(work, signal),
    async close() {
      await Promise.all([admin.end(), sql.end()]);
    },
  };
}
