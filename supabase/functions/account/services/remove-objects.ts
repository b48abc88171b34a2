import type { DeletionClaim } from "../../_shared/db/account-deletions.ts";
import type { AccountDeps } from "./deps.ts";

/** Removes everything stored below the user's folder in every bucket, page by page, bytes and all. */
export async function removeObjects(
  deps: AccountDeps,
  claim: DeletionClaim,
): Promise<void> {
  while (true) {
    const page = await deps.objects.listPage(claim.userId);
    if (page.length === 0) return;
    if (await deps.objects.remove(page) === 0) {
      throw new Error(`${page.length} objects could not be removed.`);
    }
    if (!await deps.deletions.checkpoint(claim, claim.step)) {
      throw new Error("The lease was lost.");
    }
  }
}
