import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toSealed } from "./to-sealed.ts";

const LEASE_SECONDS = 45;

interface RefreshRow {
  connection_id: string;
  user_id: string;
  refresh_token: string;
  key_id: string;
}

interface NewTokens {
  accessToken: string;
  refreshToken: string;
  keyId: string;
  expiresAt: Date;
}

export type OnedriveTokens = ReturnType<typeof createOnedriveTokens>;

/** Queries over private.onedrive_tokens (service_role); values stay encrypted. */
export function createOnedriveTokens(admin: DatabaseClient) {
  return {
    async getAccess(userId: string) {
      const [row] = unwrap(await admin.rpc("get_onedrive_access", { p_user_id: userId }));
      if (!row) return null;
      const sealed = toSealed(row.access_token, row.key_id);
      return {
        connectionId: row.connection_id,
        userId,
        status: row.status,
        driveId: row.drive_id,
        folder: row.folder_id ? { id: row.folder_id, path: row.folder_path } : null,
        pausedUntil: row.paused_until,
        token: sealed && { sealed, expiresAt: row.expires_at },
      };
    },

    async pause(connectionId: string, seconds: number): Promise<void> {
      unwrap(await admin.rpc("pause_onedrive", { p_connection_id: connectionId, p_seconds: seconds }));
    },

    async claimRefresh(connectionId: string, holder: string, seenExpiresAt: string) {
      const [row] = unwrap(
        await admin.rpc("claim_onedrive_refresh", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_seen_expires_at: seenExpiresAt,
          p_lease_seconds: LEASE_SECONDS,
        }),
      );
      return row ? toClaim(row) : null;
    },

    /** Claims up to `limit` connections whose access token ends within `dueWithinSeconds`. */
    async claimDueRefreshes(holder: string, dueWithinSeconds: number, limit: number) {
      const rows = unwrap(
        await admin.rpc("claim_due_onedrive_refreshes", {
          p_holder: holder,
          p_due_within_seconds: dueWithinSeconds,
          p_lease_seconds: LEASE_SECONDS,
          p_limit: limit,
        }),
      );
      return rows.map(toClaim);
    },

    async saveRefreshed(connectionId: string, holder: string, tokens: NewTokens): Promise<boolean> {
      return unwrap(
        await admin.rpc("save_refreshed_onedrive_tokens", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_access_token: tokens.accessToken,
          p_refresh_token: tokens.refreshToken,
          p_key_id: tokens.keyId,
          p_expires_at: tokens.expiresAt.toISOString(),
        }),
      );
    },

    async failRefresh(
      connectionId: string,
      holder: string,
      errorCode: string,
      isExpired: boolean,
    ): Promise<void> {
      unwrap(
        await admin.rpc("fail_onedrive_refresh", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_error_code: errorCode,
          p_expired: isExpired,
        }),
      );
    },
  };
}

function toClaim(row: RefreshRow) {
  return {
    connectionId: row.connection_id,
    userId: row.user_id,
    refreshToken: { text: row.refresh_token, keyId: row.key_id },
  };
}
