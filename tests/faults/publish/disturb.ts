import { WORKER, type WorkerKiller } from "./kill-worker.ts";
import type { Disturbance } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";

const HOUR_SECONDS = 3_600;
const WRONG_CLOCK_MS = 2_000;

/** Breaks something else than a worker, in the middle of work. */
export async function disturb(
  rig: PublishRig,
  killer: WorkerKiller,
  what: Disturbance,
  pauseSeconds: number,
): Promise<void> {
  await killer.untilWorking();
  switch (what) {
    case "database":
      return await rig.replace("postgres");
    case "pause":
      return await stopWorkers(rig, pauseSeconds);
    case "clock back":
      // Set back by an hour, and right again.
      await jumpClock(rig, -HOUR_SECONDS);
      await new Promise((resolve) => setTimeout(resolve, WRONG_CLOCK_MS));
      return await jumpClock(rig, HOUR_SECONDS);
    case "clock forward":
      return await jumpClock(rig, HOUR_SECONDS);
  }
}

/** Nobody works and no clock ticks; then both go on in the middle of what they did, with leases long lost. */
async function stopWorkers(rig: PublishRig, seconds: number): Promise<void> {
  const names = [WORKER, "worker"];
  for (const name of names) await rig.signal(name, "SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  for (const name of names) await rig.signal(name, "SIGCONT");
}

/**
 * The clock that everybody goes by jumps: to a clock that is an hour ahead, every time on record is an hour earlier.
 * Leases, due times and settle times move; when a call was made stays, because the platforms' clocks do not jump.
 */
export async function jumpClock(rig: PublishRig, seconds: number): Promise<void> {
  await rig.query((sql) =>
    sql.begin(async (tx) => {
      const by = `${-seconds} seconds`;
      await tx`
        update private.publish_jobs
        set due_at = due_at + ${by}::interval, work_at = work_at + ${by}::interval,
            lease_until = lease_until + ${by}::interval, settle_until = settle_until + ${by}::interval`;
      await tx`
        update public.publishing_queue
        set scheduled_for = scheduled_for + ${by}::interval, retry_at = retry_at + ${by}::interval
        where status not in ('published', 'canceled')`;
      await tx`update private.staged_copies set lease_until = lease_until + ${by}::interval`;
    })
  );
}
