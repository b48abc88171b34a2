import type { DeletionClaim } from "../../_shared/db/account-deletions.ts";
import type { AccountDeps } from "./deps.ts";

/** After so many tries OneDrive is left to drop the bytes itself, which it does when the session expires. */
const MAX_ATTEMPTS = 3;

/** Tells OneDrive to drop unfinished uploads. Files that are complete stay the user's own. */
export async function cancelUploads(
  deps: AccountDeps,
  claim: DeletionClaim,
): Promise<void> {
  const urls = await deps.deletions.listUploadUrls(claim.userId);
  const context = {
    userId: claim.userId,
    provider: "onedrive",
    column: "upload_url",
  };
  const results = await Promise.allSettled(urls.map(async (sealed) => {
    await deps.uploadUrls.cancel(await deps.cipher.decrypt(sealed, context));
  }));
  const failure = results.find((result) => result.status === "rejected");
  if (failure && claim.attempts < MAX_ATTEMPTS) throw failure.reason;
}
