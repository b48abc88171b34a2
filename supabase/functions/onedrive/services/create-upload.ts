import {
  DEFAULT_FRAGMENT_BYTES,
  type UploadSession,
  type UploadUrlRequest,
} from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { toSafeFilename } from "../rules/safe-filename.ts";
import { requireVideoType } from "../rules/video-type.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";
import { openSession } from "./open-session.ts";

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
  if (productId && !request.allow_duplicate) {
    await requireNew(deps, caller, productId, request);
  }

  return await openSession(deps, caller, {
    filename: toSafeFilename(request.filename),
    sizeBytes: request.size,
    uploaderId,
    store: (opened, access) => {
      const upload = {
        connection_id: access.connectionId,
        product_id: productId,
        drive_id: access.driveId,
        size_bytes: request.size,
        mime_type: request.mime_type,
        fingerprint: request.fingerprint,
        fragment_size: DEFAULT_FRAGMENT_BYTES,
      };
      return deps.uploads.create(caller.id, upload, opened);
    },
  });
}

/** Asks before the same file becomes a second video of a product. */
async function requireNew(
  deps: OnedriveDeps,
  caller: Caller,
  productId: string,
  file: UploadUrlRequest,
): Promise<void> {
  const twin = await deps.uploads.findTwin(caller.id, productId, file);
  if (!twin) return;
  throw new AppError("duplicate_upload", {
    message: `This product has this video already, as “${twin.filename}”.`,
    details: {
      video_id: twin.videoId,
      filename: twin.filename,
      uploaded_at: twin.uploadedAt,
    },
  });
}
