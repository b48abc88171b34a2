import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { PublishDeps } from "./deps.ts";

/**
 * Says every third of the lease that the worker lives, since a step may wait longer for an outside service than a
 * lease lasts. Returns what ends it.
 */
export function keepLease(deps: PublishDeps, job: PublishJob, leaseSeconds: number): () => void {
  const timer = setInterval(
    () => {
      // A lost lease is told to the next write that matters.
      deps.jobs.extend(job, leaseSeconds).catch((error) => deps.logError({ target_id: job.targetId }, error));
    },
    (leaseSeconds * 1000) / 3,
  );
  return () => clearInterval(timer);
}
