import type { PublishDeps } from "../deps.ts";
import { workOnFollowUp } from "./work-on-follow-up.ts";

const BATCH = 8;
const LEASE_SECONDS = 90;
/** Of one invocation: each costs a call or two, and some milliseconds of the second of CPU that a host allows. */
const MAX_BATCHES = 4;

/**
 * Does what is due on published posts: covers, first comments. Safe to run any number of times at once. Resolves to how
 * many were worked on.
 */
export async function runFollowUps(deps: PublishDeps): Promise<{ followUps: number }> {
  let count = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const jobs = await deps.followUps.claim(BATCH, LEASE_SECONDS);
    if (jobs.length === 0) break;
    const reading = deps.targets.findAll(jobs.map(({ targetId }) => targetId));
    await Promise.all(jobs.map((job) => workOnFollowUp(deps, job, reading)));
    count += jobs.length;
  }
  return { followUps: count };
}
