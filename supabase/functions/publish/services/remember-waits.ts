import type { PublishDeps } from "./deps.ts";

/** Longer waits are left to the clock, which looks every five seconds. */
const SOON_SECONDS = 10;

/**
 * Deps that remember how soon the jobs of this worker are due again, so that a platform that asked for two seconds is
 * not asked after seven. `soonestSeconds` is null when none is due soon; a job that waits for nothing is not counted.
 */
export function rememberWaits(deps: PublishDeps): { deps: PublishDeps; soonestSeconds(): number | null } {
  let soonest: number | null = null;
  const advance: PublishDeps["jobs"]["advance"] = async (job, next) => {
    const isAdvanced = await deps.jobs.advance(job, next);
    const { waitSeconds = 0 } = next;
    if (isAdvanced && waitSeconds > 0 && waitSeconds <= SOON_SECONDS) {
      soonest = Math.min(soonest ?? waitSeconds, waitSeconds);
    }
    return isAdvanced;
  };
  return { deps: { ...deps, jobs: { ...deps.jobs, advance } }, soonestSeconds: () => soonest };
}
