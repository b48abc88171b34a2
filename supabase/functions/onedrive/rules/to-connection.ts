import type { Connection } from "../../_shared/contracts/connections.ts";
import type { OnedriveStatus } from "../../_shared/contracts/onedrive.ts";
import type { ConnectionRow } from "../../_shared/db/onedrive-connections.ts";

/** The shape every provider's connections share. */
export function toConnection(row: ConnectionRow): Connection & { platform: "onedrive" } {
  return {
    id: row.id,
    platform: "onedrive",
    status: row.status,
    account_name: row.account_name,
    expires_at: row.token_expires_at,
  };
}

/** A disconnected account counts as none. */
export function toStatus(row: ConnectionRow | null): OnedriveStatus {
  if (!row || row.status === "disconnected") return { connection: null };
  const folder = row.folder_id && row.folder_path ? { id: row.folder_id, path: row.folder_path } : null;
  const quota = row.quota_checked_at
    ? { total: row.quota_total, used: row.quota_used, remaining: row.quota_remaining, state: row.quota_state }
    : null;
  return {
    connection: {
      ...toConnection(row),
      account_email: row.account_email,
      account_type: row.account_type,
      folder,
      quota,
    },
  };
}
