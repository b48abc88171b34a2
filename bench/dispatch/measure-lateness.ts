import { note, printResult } from "../result.ts";
import { percentile } from "../statistics.ts";
import { createPosts } from "./create-posts.ts";
import type { Rig } from "./open-rig.ts";
import { startCpuNote } from "./start-cpu-note.ts";

const EVERY_MS = 200;
const TARGETS = 900;
const LEAD_SECONDS = 60;
/** Until the first is due: work begins with this flow too, not with a pile. */
const AHEAD_MS = (LEAD_SECONDS + 10) * 1000;
const GRACE_MS = 45_000;
const LOOK_MS = 1_000;
const BARS = [{ rank: 0.5, bar: 15 }, { rank: 0.95, bar: 15 }, { rank: 0.99, bar: 30 }] as const;

/** 300 targets due a minute for three minutes: how late the irreversible calls are. */
export async function measureLateness(rig: Rig): Promise<void> {
  await rig.sql`
    update private.settings set value = jsonb_build_object('default', ${LEAD_SECONDS}::int, 'per_gib', 0)
    where key = 'publish.lead_seconds'`;
  // What another measurement left unfinished would be in the way.
  await rig.sql`delete from public.published_videos`;
  const firstAt = new Date(Date.now() + AHEAD_MS);
  await createPosts(rig, TARGETS, firstAt, EVERY_MS);
  const noteCpu = await startCpuNote();
  const deadline = firstAt.getTime() + TARGETS * EVERY_MS + GRACE_MS;
  let open = TARGETS;
  while (open > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const [row] = await rig.sql<{ count: number }[]>`
      select count(*)::int as count from public.publishing_queue where called_at is null`;
    open = row!.count;
  }
  await noteCpu(TARGETS - open);
  if (open > 0) {
    note(`${open} of ${TARGETS} calls were not made when time was up; they count as late as they are.`);
  }
  const rows = await rig.sql<{ seconds: number }[]>`
    select extract(epoch from coalesce(called_at, now()) - scheduled_for)::float as seconds
    from public.publishing_queue`;
  const seconds = rows.map((row) => row.seconds);
  for (const { rank, bar } of BARS) {
    printResult({
      bench: "dispatch",
      metric: "time",
      value: percentile(seconds, rank),
      unit: `s late at 300 a minute, p${rank * 100}`,
      baseline: "bar",
      baselineValue: bar,
    });
  }
}
