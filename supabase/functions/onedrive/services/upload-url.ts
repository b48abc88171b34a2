import type { Sealed } from "../../_shared/core/token-cipher.ts";
import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import { type OnedriveDeps, PROVIDER } from "./deps.ts";

const COLUMN = "upload_url";

/** An upload URL is a credential: it is stored encrypted and given to its owner's browser alone. */
export function sealUploadUrl(deps: OnedriveDeps, userId: string, uploadUrl: string): Promise<Sealed> {
  return deps.cipher.encrypt(uploadUrl, { userId, provider: PROVIDER, column: COLUMN });
}

/** The URL of an upload and when it was made; null when the upload has ended. */
export async function readUploadUrl(deps: OnedriveDeps, upload: UploadRow) {
  const stored = await deps.uploads.getUrl(upload.user_id, upload.id);
  if (!stored) return null;
  const context = { userId: upload.user_id, provider: PROVIDER, column: COLUMN };
  return { text: await deps.cipher.decrypt(stored.sealed, context), openedAt: stored.openedAt };
}

/** Tells OneDrive to drop the bytes. Failing is fine: OneDrive drops them itself when the session expires. */
export async function dropUploadUrl(deps: OnedriveDeps, upload: UploadRow): Promise<void> {
  const url = await readUploadUrl(deps, upload);
  if (url) await cancelQuietly(deps, url.text);
}

/** Cancels an upload URL; what goes wrong is OneDrive's to clean up. */
export async function cancelQuietly(deps: OnedriveDeps, uploadUrl: string): Promise<void> {
  await deps.uploadUrls.cancel(uploadUrl).catch(() => undefined);
}
