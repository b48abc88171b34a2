import {
  DEFAULT_FRAGMENT_BYTES,
  type UploadSession,
  type UploadUrlRequest,
} from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { DriveAccess } from "../../_shared/providers/microsoft/access.ts";
import { toSafeFilename } from "../rules/safe-filename.ts";
import { toQuotaFields } from "../rules/to-account-fields.ts";
import { toUploadSession } from "../rules/to-upload-session.ts";
import { requireSpace } from "../rules/upload-space.ts";
import { requireVideoType } from "../rules/video-type.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";
import { openAtFreeName } from "./open-at-free-name.ts";
import { withUploadFolder } from "./upload-folder.ts";

/** Opens an upload in the caller's OneDrive and gives the browser the address to send the bytes to. */
export async function createUpload(
  deps: OnedriveDeps,
  caller: Caller,
  request: UploadUrlRequest,
  uploaderId: string | null,
): Promise<UploadSession> {
  requireVideoType(request.mime_type);
  await limitCalls(deps, caller, "upload-url");
  const productId = request.product_id ?? null;
  if (productId && !await deps.products.existsOwn(caller.token, productId)) {
    throw new AppError("product_not_found");
  }

  return await deps.access.withAccess(caller.id, async (access) => {
    const remainingBytes = await checkSpace(deps, caller, access, request.size);
    const upload = {
      connection_id: access.connectionId,
      product_id: productId,
      drive_id: access.driveId,
      size_bytes: request.size,
      mime_type: request.mime_type,
      fingerprint: request.fingerprint,
      fragment_size: DEFAULT_FRAGMENT_BYTES,
    };
    const target = {
      userId: caller.id,
      token: access.token,
      filename: toSafeFilename(request.filename),
      sizeBytes: request.size,
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
          { ...target, folder },
          (opened) => deps.uploads.create(caller.id, upload, opened),
        ),
    );
    return toUploadSession(row, uploadUrl);
  });
}

/** Bytes left, null when unknown. */
export async function checkSpace(deps: OnedriveDeps, caller: Caller, access: DriveAccess, sizeBytes: number) {
  const quota = await deps.graph.getQuota(access.token);
  await deps.connections.update(caller.id, toQuotaFields(quota));
  requireSpace(quota, sizeBytes);
  return quota.remaining;
}
