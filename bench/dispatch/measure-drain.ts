import { note, printResult } from "../result.ts";
import { createPosts } from "./create-posts.ts";
import type { Rig } from "./open-rig.ts";
import { startCpuNote } from "./start-cpu-note.ts";

const DAY_MS = 86_400_000;
const LOOK_MS = 1_000;
/** The bar for lateness: 300 due targets a minute. */
const TARGETS_PER_SECOND = 5;

/**
 * Everything due at once: seconds until `targets` posts are out, from OneDrive through the functions to the sandbox.
 * After `limitMs` the rest is reckoned at the rate so far, and a note says so.
 */
export async function measureDrain(rig: Rig, targets: number, limitMs: number): Promise<void> {
  await createPosts(rig, targets, new Date(Date.now() + DAY_MS), 0);
  note(`${targets} targets made`);
  const noteCpu = await startCpuNote();
  const startedAt = performance.now();
  await rig.sql.begin(async (sql) => {
    await sql`update private.publish_jobs set due_at = now(), work_at = now()`;
    await sql`update public.publishing_queue set scheduled_for = now() where status = 'scheduled'`;
  });
  let published = 0;
  let elapsedMs = 0;
  for (let noted = 0; published < targets && elapsedMs < limitMs;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const [row] = await rig.sql<{ count: number }[]>`
      select count(*)::int as count from public.publishing_queue where status = 'published'`;
    published = row!.count;
    elapsedMs = performance.now() - startedAt;
    if (elapsedMs - noted < 15_000) continue;
    noted = elapsedMs;
    note(`${published} of ${targets} out after ${(elapsedMs / 1000).toFixed(0)} s`);
  }
  await noteCpu(published);
  if (published === 0) throw new Error("Nothing was published.");
  if (published < targets) {
    note(`${published} of ${targets} in ${elapsedMs} ms; the rest is reckoned at that rate.`);
  }
  printResult({
    bench: "dispatch",
    metric: "time",
    value: elapsedMs / 1000 * targets / published,
    unit: `s until ${targets} due targets are out`,
    baseline: "300 targets a minute",
    baselineValue: targets / TARGETS_PER_SECOND,
  });
}
