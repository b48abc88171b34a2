import type { ReadinessDeps } from "./deps.ts";
import { findProblems } from "./find-problems.ts";

const CLAIMED_AT_ONCE = 5;
const LEASE_SECONDS = 300;
const WORKING_MS = 60_000;

/**
 * Looks at the posts of the next day that nobody has looked at yet, and again at those with a problem. Where looking
 * itself failed, the lease ends and the post is looked at by a later call.
 */
export async function checkReadiness(
  deps: ReadinessDeps,
): Promise<{ looked: number; withProblems: number; failed: number }> {
  const total = { looked: 0, withProblems: 0, failed: 0 };
  const end = deps.clock().getTime() + WORKING_MS;
  while (deps.clock().getTime() < end) {
    const checks = await deps.readiness.claim(CLAIMED_AT_ONCE, LEASE_SECONDS);
    if (checks.length === 0) break;
    for (const check of checks) {
      try {
        const problems = await findProblems(deps, check);
        if (!await deps.readiness.save(check, problems)) continue;
        total.looked++;
        if (problems.length > 0) total.withProblems++;
      } catch (error) {
        total.failed++;
        deps.logError({ post_id: check.postId, step: "readiness" }, error);
      }
    }
  }
  return total;
}
