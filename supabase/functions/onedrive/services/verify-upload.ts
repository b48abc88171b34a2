import { AppError } from "../../_shared/core/app-error.ts";
import type { UploadClaim, UploadRow, VerifiedItem } from "../../_shared/db/onedrive-uploads.ts";
import type { VideoRow } from "../../_shared/db/product-videos.ts";
import type { DriveFile } from "../../_shared/providers/microsoft/adapter.ts";
import { compareUpload } from "../rules/compare-upload.ts";
import type { OnedriveDeps } from "./deps.ts";
import { dropReleasedUrls } from "./drop-released-urls.ts";
import { removeIfOwn } from "./remove-own-file.ts";
import { readUploadUrl } from "./upload-url.ts";

/**
 * Reads the file from OneDrive and makes its video when size and quickXorHash agree with the claim. Null: OneDrive is
 * not ready, ask again. A file that differs or is lost ends the upload and throws.
 */
export async function verifyUpload(
  deps: OnedriveDeps,
  upload: UploadRow,
  claim: UploadClaim & { quickxor: string },
): Promise<VideoRow | null> {
  const file = await deps.access.withAccess(
    upload.user_id,
    ({ token }) => deps.graph.findFile(token, upload.folder_id, upload.filename),
  );
  if (file?.sizeBytes !== upload.size_bytes) await requireEnded(deps, upload);

  const row = isNoted(upload, claim)
    ? upload
    : await deps.uploads.move(upload.user_id, upload.id, "verifying", undefined, claim);
  switch (compareUpload(row, file, claim.quickxor, deps.clock())) {
    case "wait":
      return null;
    case "verified":
      return await deps.uploads.complete(row.user_id, row.id, toVerifiedItem(row, file!));
    case "mismatch":
      await deps.uploads.move(row.user_id, row.id, "failed", "hash_mismatch");
      await dropReleasedUrls(deps, row.user_id);
      throw describeMismatch(file!, await removeIfOwn(deps, row, file!));
    case "missing":
      await deps.uploads.move(row.user_id, row.id, "expired", "upload_expired");
      throw new AppError("upload_expired");
  }
}

/** A browser that asks again says nothing new. */
function isNoted(upload: UploadRow, claim: UploadClaim): boolean {
  return upload.status === "verifying" && upload.claimed_quickxor === claim.quickxor &&
    (claim.item_id === undefined || upload.item_id === claim.item_id);
}

/** A session that still takes bytes means that the browser is wrong about having finished. */
async function requireEnded(deps: OnedriveDeps, upload: UploadRow): Promise<void> {
  const url = await readUploadUrl(deps, upload);
  const state = url && await deps.uploadUrls.getState(url.text);
  if (!state) return;
  throw new AppError("upload_incomplete", {
    details: { next_offset: state.nextOffset ?? upload.size_bytes },
  });
}

function describeMismatch(file: DriveFile, isRemoved: boolean): AppError {
  const message = isRemoved
    ? "The file in OneDrive was not the file you picked, so it was removed. Upload it again."
    : `The file in OneDrive is not the file you picked. It stays there as ${file.path}. Upload yours again.`;
  return new AppError("hash_mismatch", { message, details: { is_removed: isRemoved, path: file.path } });
}

function toVerifiedItem(row: UploadRow, file: DriveFile): VerifiedItem {
  return {
    id: file.id,
    drive_id: file.driveId ?? row.drive_id,
    name: file.name,
    path: file.path,
    size: file.sizeBytes,
    quickxor: file.quickXor!,
    duration_ms: file.durationMs,
    width: file.width,
    height: file.height,
  };
}
