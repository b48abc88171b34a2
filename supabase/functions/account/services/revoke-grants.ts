import type { DeletionClaim } from "../../_shared/db/account-deletions.ts";
import type { AccountDeps } from "./deps.ts";

/** A platform that does not answer keeps nobody here. */
const MAX_WAIT_MS = 15_000;

/**
 * Takes the permissions back at the publishing platforms, as well as they let us: what fails or takes too long is
 * logged, and the tokens are forgotten all the same. May run twice: a permission that has ended stays ended.
 */
export async function revokeGrants(
  { deletions, access, sleep, logError }: Pick<AccountDeps, "deletions" | "access" | "sleep" | "logError">,
  { userId }: Pick<DeletionClaim, "userId">,
): Promise<void> {
  const grants = await deletions.listGrants(userId);
  if (grants.length === 0) return;
  const revoked = Promise.all(
    grants.map(async (grant) => {
      try {
        await access.revoke(grant);
      } catch (error) {
        logError({ user_id: userId, platform: grant.platform }, error);
      }
    }),
  );
  await Promise.race([revoked, sleep(MAX_WAIT_MS)]);
}
