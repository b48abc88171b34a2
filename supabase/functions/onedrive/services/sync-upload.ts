import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { UploadState } from "../../_shared/providers/microsoft/adapter.ts";
import { commitElsewhere } from "./commit-elsewhere.ts";
import type { OnedriveDeps } from "./deps.ts";
import { readUploadUrl } from "./upload-url.ts";

/** OneDrive under load may not know a session in its first seconds. */
const VISIBLE_WITHIN_MS = 15_000;

export interface SyncedUpload {
  row: UploadRow;
  uploadUrl: string | null;
}

/**
 * Asks OneDrive what it has of an active upload and brings the row up to date. A session OneDrive does not know any
 * more is either finished (the file is there in full size: `verifying`) or lost (`expired`).
 */
export async function syncUpload(
  deps: OnedriveDeps,
  upload: UploadRow,
): Promise<SyncedUpload> {
  const url = await readUploadUrl(deps, upload);
  const state = url && await deps.uploadUrls.getState(url.text);
  if (url && state) return await syncOpen(deps, upload, url.text, state);
  if (
    url && deps.clock().getTime() - url.openedAt.getTime() < VISIBLE_WITHIN_MS
  ) {
    if (upload.next_offset === 0 && !await isStored(deps, upload)) {
      return { row: upload, uploadUrl: url.text };
    }
  }
  if (await isStored(deps, upload)) {
    const row = await deps.uploads.move(upload.user_id, upload.id, "verifying");
    return { row, uploadUrl: null };
  }
  const row = await deps.uploads.move(
    upload.user_id,
    upload.id,
    "expired",
    "upload_expired",
  );
  return { row, uploadUrl: null };
}

/** A session that wants no more bytes is whole, but OneDrive could not make a file of it: we try ourselves. */
async function syncOpen(
  deps: OnedriveDeps,
  upload: UploadRow,
  uploadUrl: string,
  state: UploadState,
): Promise<SyncedUpload> {
  const isWhole = state.nextOffset === null ||
    state.nextOffset >= upload.size_bytes;
  if (isWhole) {
    const ended = await commitElsewhere(deps, upload, uploadUrl);
    if (ended) return { row: ended, uploadUrl: null };
  }
  const nextOffset = isWhole ? upload.size_bytes : state.nextOffset!;
  const progress = { nextOffset, expiresAt: state.expiresAt };
  const row = await deps.uploads.record(upload.user_id, upload.id, progress);
  return { row: row ?? upload, uploadUrl };
}

async function isStored(
  deps: OnedriveDeps,
  upload: UploadRow,
): Promise<boolean> {
  const file = await deps.access.withAccess(
    upload.user_id,
    ({ token }) => deps.graph.findFile(token, upload.folder_id, upload.filename),
  );
  return file?.sizeBytes === upload.size_bytes;
}
