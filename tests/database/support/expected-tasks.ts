import assert from "node:assert/strict";
import type { Sql } from "./database.ts";
import type { TaskRow } from "./fixtures.ts";

interface Task extends TaskRow {
  /** Microseconds: rows of one run are often less than a millisecond apart. */
  readonly created_us: number;
  readonly lease_until: Date | null;
}

interface Video {
  readonly id: string;
  readonly product_id: string | null;
  readonly is_primary: boolean;
  readonly created_us: number;
}

/** The tasks of an account without what inheritance may count up. */
export async function readTaskState(sql: Sql, userId: string): Promise<unknown[]> {
  const rows = await sql`
    select to_jsonb(t) - 'updated_at' - 'inheritance_version' as task
    from public.influencer_tasks t where user_id = ${userId} order by id`;
  return rows.map(({ task }) => task);
}

/** The rules of inheritance once more, one row at a time: every task that follows shows what its parents offer. */
export async function checkInheritance(sql: Sql, userId: string): Promise<void> {
  const created = sql`(extract(epoch from created_at) * 1000000)::float8 as created_us`;
  const tasks = await sql<Task[]>`
    select *, ${created} from public.influencer_tasks where user_id = ${userId}`;
  const videos = await sql<Video[]>`
    select id, product_id, is_primary, ${created} from public.product_videos where user_id = ${userId}`;
  const videoOf = new Map(videos.map((video) => [video.id, video]));
  for (const task of tasks) {
    const isParent = task.asin === task.search_asin;
    if (isParent) {
      assert.deepEqual(
        [task.video_is_inherited, task.inherited_from_task_id],
        [false, null],
        "a parent inherits",
      );
      continue;
    }
    if (task.status !== "pending" || (task.lease_until && task.lease_until > new Date())) continue;
    // What makes one parent better than another for this task, most important first.
    const rank = (parent: Task): (number | string)[] => {
      const video = parent.video_id ? videoOf.get(parent.video_id) : undefined;
      return [
        Number(parent.marketplace === task.marketplace),
        Number(parent.video_id !== null),
        Number(video !== undefined && video.is_primary && video.product_id === parent.product_id),
        video?.created_us ?? 0,
        parent.created_us,
        parent.id,
      ];
    };
    const parents = tasks.filter((other) =>
      other.search_asin === task.search_asin && other.asin === other.search_asin
    );
    const best = parents.toSorted((a, b) => compare(rank(b), rank(a)))[0];
    const offer = best && (best.video_id || best.thumbnail_path) ? best : null;
    const said = `task ${task.id} (${task.marketplace} ${task.asin} of ${task.search_asin})`;
    if (task.video_id === null || task.video_is_inherited) {
      assert.deepEqual(
        [task.video_id, task.video_is_inherited, task.inherited_from_task_id, task.video_changed_at],
        [offer?.video_id ?? null, Boolean(offer?.video_id), offer?.id ?? null, null],
        said,
      );
    }
    if (task.thumbnail_path === null || task.thumbnail_is_inherited) {
      assert.equal(task.thumbnail_path, offer?.thumbnail_path ?? null, `thumbnail of ${said}`);
    }
  }
}

function compare(a: (number | string)[], b: (number | string)[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  if (index < 0) return 0;
  return a[index]! < b[index]! ? -1 : 1;
}
