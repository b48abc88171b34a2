import { randomBase64url } from "../../_shared/core/digest.ts";
import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { CommittedUpload } from "../../_shared/providers/microsoft/commit-upload.ts";
import { candidateNames } from "../rules/candidate-names.ts";
import type { OnedriveDeps } from "./deps.ts";

/**
 * Ends an upload whose bytes are all in OneDrive but which became no file: its name was taken meanwhile, or the drive
 * was full. Personal accounts commit it under a free name, without sending anything again (`verifying`); work
 * accounts cannot, and an upload whose name is taken there begins again (`expired`, `name_taken`). Null: nothing could
 * be done now. A drive that is still full is a ProviderUserError.
 */
export async function commitElsewhere(
  deps: OnedriveDeps,
  upload: UploadRow,
  uploadUrl: string,
): Promise<UploadRow | null> {
  const { user_id: userId, id, folder_id: folderId } = upload;
  return await deps.access.withAccess(userId, async ({ token }) => {
    let isTaken = false;
    for (const name of candidateNames(upload.filename, () => randomBase64url(6))) {
      if (await deps.graph.hasItem(token, folderId, name)) {
        isTaken = true;
        continue;
      }
      if (!await deps.uploads.place(userId, id, name)) continue;
      const result = await commit(deps, token, { folderId, name, uploadUrl });
      if (result.outcome === "refused") break;
      if (result.outcome === "name_taken") isTaken = true;
      else return await deps.uploads.move(userId, id, "verifying", undefined, { item_id: result.file.id });
    }
    return isTaken ? await deps.uploads.move(userId, id, "expired", "name_taken") : null;
  });
}

/** An outage decides nothing: the upload stays as it is. */
async function commit(
  deps: OnedriveDeps,
  token: string,
  target: { folderId: string; name: string; uploadUrl: string },
): Promise<CommittedUpload> {
  try {
    return await deps.commitUpload(token, target);
  } catch (error) {
    if (error instanceof ProviderApiError && error.isTransient && error.status !== 429) {
      return { outcome: "refused" };
    }
    throw error;
  }
}
