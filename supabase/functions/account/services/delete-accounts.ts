import type { DeletionClaim, DeletionStep } from "../../_shared/db/account-deletions.ts";
import { stepsFrom } from "../rules/deletion-steps.ts";
import { cancelUploads } from "./cancel-uploads.ts";
import type { AccountDeps } from "./deps.ts";
import { removeObjects } from "./remove-objects.ts";
import { revokeGrants } from "./revoke-grants.ts";

const MAX_CLAIMS = 20;

type Step = (deps: AccountDeps, claim: DeletionClaim) => Promise<void>;

const STEPS: Record<DeletionStep, Step> = {
  uploads: cancelUploads,
  // Microsoft has no call that revokes tokens; forgetting them is what can be done.
  tokens: async (deps, claim) => {
    await revokeGrants(deps, claim);
    await deps.deletions.forgetSecrets(claim.userId);
  },
  objects: removeObjects,
  user: (deps, { userId }) => deps.users.remove(userId),
  leftovers: async (deps, claim) => {
    await removeObjects(deps, claim);
    // A lease that was lost is somebody else's job now; postponing it then changes nothing.
    if (!(await deps.deletions.finish(claim))) {
      throw new Error("The lease was lost, or the user is still there.");
    }
  },
};

/** Goes on with every account that is due, one after the other. What fails is tried again later, where it stopped. */
export async function deleteAccounts(deps: AccountDeps): Promise<{ deleted: number; postponed: number }> {
  const total = { deleted: 0, postponed: 0 };
  for (let count = 0; count < MAX_CLAIMS; count++) {
    const [claim] = await deps.deletions.claim(1);
    if (!claim) break;
    try {
      await deleteAccount(deps, claim);
      total.deleted++;
    } catch (error) {
      await deps.deletions.postpone(claim, error instanceof Error ? error.message : String(error));
      total.postponed++;
    }
  }
  return total;
}

/** Does the steps that are left. Each may run twice: the checkpoint before it is the only thing that is certain. */
async function deleteAccount(deps: AccountDeps, claim: DeletionClaim): Promise<void> {
  for (const step of stepsFrom(claim.step)) {
    if (!(await deps.deletions.checkpoint(claim, step))) return;
    await STEPS[step](deps, { ...claim, step });
  }
}
