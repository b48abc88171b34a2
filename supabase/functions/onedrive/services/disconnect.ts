import { AppError } from "../../_shared/core/app-error.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { dropUploadUrl } from "./upload-url.ts";

/**
 * Deletes the tokens and cancels unfinished uploads. Microsoft has no call to revoke them; users remove the consent
 * in their account. Without an id: the caller's only connection, and none is fine.
 */
export async function disconnect(deps: OnedriveDeps, caller: Caller, connectionId?: string): Promise<void> {
  const row = await deps.connections.findOwn(caller.token);
  if (connectionId !== undefined && row?.id !== connectionId) throw new AppError("connection_not_found");
  if (!row) return;
  const open = await deps.uploads.listOwnOpen(caller.token);
  await Promise.all(open.map((upload) => dropUploadUrl(deps, upload)));
  await deps.connections.disconnect(caller.id, row.id);
}
