import type { Sql, Transaction } from "../support/database.ts";
import { addUser, addVideo } from "../support/fixtures.ts";

export interface Publisher {
  readonly userId: string;
  readonly videoId: string;
  readonly connectionId: string;
}

export interface ClaimedJob {
  target_id: string;
  user_id: string;
  lease_token: string;
  revision: number;
  step: string;
  checkpoint: Record<string, unknown>;
  secret: string | null;
  called_at: Date | null;
  settle_until: Date | null;
}

export interface Target {
  id: string;
  platform: string;
  connection_id: string;
  status: string;
}

/** An account with a video and a connected channel. */
export async function addPublisher(sql: Sql): Promise<Publisher> {
  const userId = await addUser(sql);
  const videoId = await addVideo(sql, userId);
  return { userId, videoId, connectionId: await addConnection(sql, userId) };
}

export async function addConnection(sql: Sql, userId: string, platform = "youtube"): Promise<string> {
  const route = platform === "youtube" ? "google" : "facebook_login";
  const [row] = await sql<{ id: string }[]>`
    insert into public.oauth_connections (user_id, platform, route, account_id, account_name)
    values (${userId}, ${platform}, ${route}, ${crypto.randomUUID()}, 'A channel')
    returning id`;
  return row!.id;
}

export interface PostOptions {
  scheduledFor?: Date;
  draft?: boolean;
  caption?: string;
  allowDuplicate?: boolean;
  /** Accounts, instead of the publisher's one. */
  connectionIds?: readonly string[];
  idempotencyKey?: string;
  requestHash?: string;
}

/** Creates a post, with one target if nothing else is said, as the publish function does. */
export async function createPost(
  sql: Sql | Transaction,
  publisher: Publisher,
  options: PostOptions = {},
  platform = "youtube",
) {
  const post = {
    video_id: publisher.videoId,
    caption: options.caption ?? `A caption ${crypto.randomUUID()}`,
    draft: options.draft ?? false,
    allow_duplicate: options.allowDuplicate ?? false,
    targets: (options.connectionIds ?? [publisher.connectionId]).map((connectionId) => ({
      platform,
      connection_id: connectionId,
      scheduled_for: options.scheduledFor?.toISOString() ?? null,
    })),
  };
  const [row] = await sql<{ answer: { published_video_id: string; targets: Target[] } }[]>`
    select public.create_post(
      ${publisher.userId}, ${sql.json(post)}, ${options.idempotencyKey ?? null}, ${
    options.requestHash ?? null
  }
    ) as answer`;
  return row!.answer;
}

export async function claim(
  sql: Sql | Transaction,
  lane: number,
  limit = 10,
  leaseSeconds = 60,
): Promise<ClaimedJob[]> {
  return await sql<ClaimedJob[]>`select * from public.claim_publish_jobs(${lane}, ${limit}, ${leaseSeconds})`;
}

/** The target's row and, while it has one, its job. */
export async function readTarget(sql: Sql, targetId: string) {
  const [row] = await sql`
    select target.*, job.step, job.work_at, job.lease_token, job.lost_leases, job.checkpoint, job.secret, job.called_at as job_called_at
    from public.publishing_queue as target
    left join private.publish_jobs as job on job.target_id = target.id
    where target.id = ${targetId}`;
  return row!;
}

/** Makes a job due, as if its time had come and the lease on it had ended. */
export async function makeDue(sql: Sql, targetId: string): Promise<void> {
  await sql`update public.publishing_queue set scheduled_for = least(scheduled_for, now()) where id = ${targetId}`;
  await sql`
    update private.publish_jobs
    set work_at = now(),
        due_at = least(due_at, now()),
        lease_until = case when lease_until is not null then least(lease_until, now()) end
    where target_id = ${targetId} and work_at is not null`;
}

/** Takes a target to the moment before its irreversible call. */
export async function makeReady(sql: Sql, targetId: string): Promise<ClaimedJob> {
  const first = (await claim(sql, 1, 100)).find((job) => job.target_id === targetId)!;
  await sql`select public.advance_publish_job(${targetId}, ${first.lease_token}, ${first.revision}, 'publish', '{}')`;
  await makeDue(sql, targetId);
  return (await claim(sql, 0, 100)).find((job) => job.target_id === targetId)!;
}
