import type { PlatformPost } from "../../functions/support/published.ts";
import type { Person } from "./people.ts";
import type { PlannedPost, Platform } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";

export interface Verdict {
  readonly targets: number;
  /** Targets that say so and name their post, which is exactly their file on their account. */
  readonly published: number;
  /** Posts at the platforms, and targets of ours, beyond one for each that was asked for. */
  readonly duplicates: number;
  /** Targets that have ended, or are not there, without their post. */
  readonly lost: number;
  /** Targets that have not ended, and rows that nobody will go on with. */
  readonly stuck: number;
  /** A sentence for each that is not as it should be. */
  readonly problems: readonly string[];
}

interface TargetRow {
  readonly marker: string;
  readonly platform: Platform;
  readonly status: string;
  readonly platform_post_id: string | null;
  readonly error_code: string | null;
}

const ENDED = ["published", "failed", "canceled"];

/** Compares what the platforms show with what was asked for and with what the database says. */
export async function judgePosts(
  rig: PublishRig,
  people: readonly Person[],
  planned: readonly PlannedPost[],
): Promise<Verdict> {
  const posts = await rig.control<PlatformPost[]>("GET", "posts");
  const rows = await readTargets(rig);
  const problems: string[] = [];
  let [published, duplicates, lost, stuck] = [0, 0, 0, 0];
  const known = new Set<PlatformPost>();

  for (const { marker, person, video, platforms } of planned) {
    const { names, videos } = people[person]!;
    for (const platform of platforms) {
      const shown = posts.filter((post) => post.platform === platform && post.caption.includes(marker));
      shown.forEach((post) => known.add(post));
      const right = shown.filter((post) =>
        post.account === names[platform] && post.sha256 === videos[video]!.sha256
      );
      const own = rows.filter((row) => row.marker === marker && row.platform === platform);
      const isPublished = own.length === 1 && own[0]!.status === "published" && right.length === 1 &&
        own[0]!.platform_post_id === right[0]!.id;
      const extra = Math.max(0, shown.length - 1) + Math.max(0, own.length - 1);
      const isOpen = own.some(({ status }) => !ENDED.includes(status));
      const isLost = !isOpen && right.length === 0;
      if (isPublished) published++;
      if (isLost) lost++;
      if (isOpen) stuck++;
      duplicates += extra;
      if (!isPublished || extra > 0) {
        problems.push(`${marker} on ${platform}: ${JSON.stringify({ own, shown })}`);
      }
    }
  }
  const foreign = posts.filter((post) => !known.has(post));
  foreign.forEach((post) => problems.push(`nobody asked for ${JSON.stringify(post)}`));
  const left = await readLeftovers(rig);
  problems.push(...left.map((row) => `left behind: ${JSON.stringify(row)}`));
  return {
    targets: planned.reduce((sum, { platforms }) => sum + platforms.length, 0),
    published,
    duplicates: duplicates + foreign.length,
    lost,
    stuck: Math.max(stuck, left.length),
    problems,
  };
}

async function readTargets(rig: PublishRig): Promise<TargetRow[]> {
  return await rig.query((sql) =>
    sql<TargetRow[]>`
      select post.caption as marker, target.platform, target.status, target.platform_post_id, target.error_code
      from public.publishing_queue as target
      join public.published_videos as post on post.id = target.published_video_id`
  );
}

/** Jobs of targets that have ended, and targets that break a promise of the engine. */
async function readLeftovers(rig: PublishRig): Promise<Record<string, unknown>[]> {
  return await rig.query((sql) =>
    sql<Record<string, unknown>[]>`
      select target_id, status, step, problem from private.find_stuck_targets()
      union
      select job.target_id, 'has a job', job.step, coalesce(job.work_at::text, 'without time')
      from private.publish_jobs as job`
  );
}
