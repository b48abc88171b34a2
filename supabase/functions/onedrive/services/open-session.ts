import type { UploadSession } from "../../_shared/contracts/onedrive.ts";
import type { OpenedUpload, UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { DriveAccess } from "../../_shared/providers/microsoft/access.ts";
import { toQuotaFields } from "../rules/to-account-fields.ts";
import { toUploadSession } from "../rules/to-upload-session.ts";
import { requireSpace } from "../rules/upload-space.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { openAtFreeName } from "./open-at-free-name.ts";
import { withUploadFolder } from "./upload-folder.ts";

export interface SessionTarget {
  filename: string;
  sizeBytes: number;
  uploaderId: string | null;
  /** Runs when OneDrive surely has room, before the new session is opened. */
  beforeOpening?: () => Promise<void>;
  /** Keeps what was opened; null when another upload of ours aims at that name. */
  store: (
    opened: OpenedUpload,
    access: DriveAccess,
  ) => Promise<UploadRow | null>;
}

/** Opens an upload session in the caller's OneDrive: room, folder, free name, stored URL; in that order. */
export function openSession(
  deps: OnedriveDeps,
  caller: Caller,
  target: SessionTarget,
): Promise<UploadSession> {
  const { filename, sizeBytes, uploaderId } = target;
  return deps.access.withAccess(caller.id, async (access) => {
    const remainingBytes = await checkSpace(deps, caller, access, sizeBytes);
    await target.beforeOpening?.();
    const wanted = {
      userId: caller.id,
      token: access.token,
      filename,
      sizeBytes,
      remainingBytes,
      uploaderId,
    };
    const { row, uploadUrl } = await withUploadFolder(
      deps,
      caller.id,
      access,
      (folder) =>
        openAtFreeName(
          deps,
          { ...wanted, folder },
          (opened) => target.store(opened, access),
        ),
    );
    return toUploadSession(row, uploadUrl);
  });
}

/** Bytes left, null when unknown. */
async function checkSpace(
  deps: OnedriveDeps,
  caller: Caller,
  access: DriveAccess,
  sizeBytes: number,
) {
  const quota = await deps.graph.getQuota(access.token);
  await deps.connections.update(caller.id, toQuotaFields(quota));
  requireSpace(quota, sizeBytes);
  return quota.remaining;
}
