import type { UploadSession } from "../../_shared/contracts/onedrive.ts";
import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";

/** An upload as the browser sees it. A hash state beyond the stored bytes is useless and left out. */
export function toUploadSession(row: UploadRow, uploadUrl: string | null): UploadSession {
  const hasHash = row.hash_offset !== null && row.hash_state !== null && row.hash_offset <= row.next_offset;
  return {
    upload_session_id: row.id,
    upload_url: row.status === "active" ? uploadUrl : null,
    fragment_size: row.fragment_size,
    next_offset: row.next_offset,
    expires_at: row.expires_at,
    status: row.status,
    filename: row.filename,
    size: row.size_bytes,
    mime_type: row.mime_type,
    product_id: row.product_id,
    fingerprint: row.fingerprint,
    hash: hasHash ? { offset: row.hash_offset!, state: row.hash_state! } : null,
    video_id: row.video_id,
    error_code: row.error_code,
  };
}
