import { AppError } from "../../_shared/core/app-error.ts";
import { randomBase64url } from "../../_shared/core/digest.ts";
import { ProviderUserError } from "../../_shared/core/provider-errors.ts";
import type { OpenedUpload, UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import { candidateNames } from "../rules/candidate-names.ts";
import { describeMissingSpace } from "../rules/upload-space.ts";
import type { OnedriveDeps } from "./deps.ts";
import { cancelQuietly, sealUploadUrl } from "./upload-url.ts";

export interface UploadTarget {
  userId: string;
  token: string;
  folder: { id: string; path: string };
  filename: string;
  sizeBytes: number;
  remainingBytes: number | null;
  uploaderId: string | null;
}

/**
 * Opens an upload in OneDrive under the first free name: "name.mp4", "name (2).mp4" and so on. `store` keeps the URL
 * before anybody gets it and answers null when another upload of ours aims at that name.
 */
export async function openAtFreeName(
  deps: OnedriveDeps,
  target: UploadTarget,
  store: (opened: OpenedUpload) => Promise<UploadRow | null>,
): Promise<{ row: UploadRow; uploadUrl: string }> {
  const { userId, token, folder, uploaderId } = target;
  for (const filename of candidateNames(target.filename, () => randomBase64url(6))) {
    if (await deps.graph.hasItem(token, folder.id, filename)) continue;
    const created = await createUpload(deps, target, filename);
    if (created.outcome === "folder_missing") throw new AppError("folder_missing");
    if (created.outcome === "name_taken") continue;

    const { expiresAt } = created;
    const uploadUrl = await sealUploadUrl(deps, userId, created.uploadUrl);
    try {
      const row = await store({ folder, filename, uploadUrl, expiresAt, uploaderId });
      if (row) return { row, uploadUrl: created.uploadUrl };
    } catch (error) {
      await cancelQuietly(deps, created.uploadUrl);
      throw error;
    }
    await cancelQuietly(deps, created.uploadUrl);
  }
  throw new AppError("conflict");
}

async function createUpload(deps: OnedriveDeps, target: UploadTarget, filename: string) {
  try {
    return await deps.graph.createUpload(target.token, target.folder.id, filename, target.sizeBytes);
  } catch (error) {
    if (!(error instanceof ProviderUserError) || error.code !== "quota_exceeded") throw error;
    throw new AppError("quota_exceeded", {
      message: describeMissingSpace(target.sizeBytes, target.remainingBytes),
      details: { size_bytes: target.sizeBytes, remaining_bytes: target.remainingBytes },
      cause: error,
    });
  }
}
