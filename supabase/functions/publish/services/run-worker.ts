import type { PublishDeps } from "./deps.ts";
import { rememberWaits } from "./remember-waits.ts";
import { runJob } from "./run-job.ts";

const MIB = 1024 * 1024;
const LANES = {
  /** Around the irreversible call: short calls, due to the second; a last chunk is small. */
  0: { batch: 8, leaseSeconds: 30, pieceBytes: 4 * MIB },
  /** Before it: may move bytes, so few at a time. */
  1: { batch: 4, leaseSeconds: 30, pieceBytes: 16 * MIB },
} as const;

/** Of one invocation: time, jobs (each costs some milliseconds of the second of CPU that a host allows), bytes. */
const WORK_MS = 45_000;
const MAX_JOBS = 60;
const MAX_BYTES = 64 * MIB;

/**
 * Takes due jobs of a lane until none is left or this invocation has had its share; then the next one is poked. Safe
 * to run any number of times at once. Resolves to how many jobs were worked on.
 */
export async function runWorker(deps: PublishDeps, lane: 0 | 1): Promise<{ lane: number; jobs: number }> {
  const { batch, leaseSeconds, pieceBytes } = LANES[lane];
  const endsAt = deps.clock().getTime() + WORK_MS;
  const waits = rememberWaits(deps);
  let bytesLeft = MAX_BYTES;
  let count = 0;
  while (deps.clock().getTime() < endsAt && count < MAX_JOBS && bytesLeft >= pieceBytes) {
    const limit = Math.min(batch, MAX_JOBS - count, Math.floor(bytesLeft / pieceBytes));
    const jobs = await deps.jobs.claim(lane, limit, leaseSeconds);
    if (jobs.length === 0) break;
    // One piece at least, whatever is left.
    const share = Math.floor(bytesLeft / jobs.length);
    const limits = {
      leaseSeconds,
      get byteBudget() {
        return deps.clock().getTime() < endsAt ? share : 0;
      },
    };
    // In one request; each job hears for itself that it failed.
    const reading = deps.targets.findAll(jobs.map(({ targetId }) => targetId));
    const moved = await Promise.all(jobs.map((job) => runJob(waits.deps, job, reading, limits)));
    bytesLeft -= moved.reduce((sum, bytes) => sum + bytes, 0);
    count += jobs.length;
  }
  // What was made ready here and is due goes out now, not with the next tick.
  if (count > 0) await pokeLanes(deps, lane === 0 ? [0] : [1, 0]);
  const seconds = waits.soonestSeconds();
  if (seconds !== null) {
    deps.background("publish-poke", async () => {
      await deps.sleep(seconds * 1000);
      await pokeLanes(deps, [1, 0]);
    });
  }
  return { lane, jobs: count };
}

/** Pokes the lanes that have due work. */
async function pokeLanes(deps: PublishDeps, lanes: readonly (0 | 1)[]): Promise<void> {
  await Promise.all(lanes.map((lane) => deps.targets.poke(lane)));
}
