import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Row } from "./row.ts";

/** A row of user_onedrive_connections. Quota in bytes, null when unknown. */
export type ConnectionRow = Row<"user_onedrive_connections", {
  status: "connected" | "expiring" | "expired" | "error" | "disconnected";
  account_type: "personal" | "work";
  quota_state: "normal" | "nearing" | "critical" | "exceeded" | null;
}>;

export type QuotaFields = {
  quota_total: number | null;
  quota_used: number | null;
  quota_remaining: number | null;
  quota_state: string | null;
};

export type AccountFields = QuotaFields & {
  account_key: string;
  account_name: string | null;
  account_email: string | null;
  account_type: string;
  drive_id: string;
  drive_type: string | null;
};

/** Ciphertexts under the key `key_id`. */
export type TokenFields = { access_token: string; refresh_token: string; key_id: string; expires_at: string };

export type ConnectionPatch = QuotaFields | { folder_id: string; folder_path: string };

export type OnedriveConnections = ReturnType<typeof createOnedriveConnections>;

/** Queries over user_onedrive_connections: read as the caller, written as service_role. */
export function createOnedriveConnections({ asCaller, admin }: DatabaseClients) {
  return {
    async findOwn(callerToken: string): Promise<ConnectionRow | null> {
      const answer = await asCaller(callerToken).from("user_onedrive_connections").select("*").limit(1);
      return (unwrap(answer) as ConnectionRow[])[0] ?? null;
    },

    async save(
      userId: string,
      account: AccountFields,
      tokens: TokenFields,
      confirmSwitch: boolean,
    ): Promise<ConnectionRow> {
      const rows = unwrap(
        await admin.rpc("save_onedrive_connection", {
          p_user_id: userId,
          p_account: account,
          p_tokens: tokens,
          p_confirm_switch: confirmSwitch,
        }),
      );
      return rows[0] as ConnectionRow;
    },

    async update(userId: string, patch: ConnectionPatch): Promise<ConnectionRow> {
      const answer = await admin.rpc("update_onedrive_connection", { p_user_id: userId, p_patch: patch });
      return unwrap(answer)[0] as ConnectionRow;
    },

    /** False when the user has no such connection. */
    async disconnect(userId: string, connectionId: string): Promise<boolean> {
      return unwrap(
        await admin.rpc("disconnect_onedrive", { p_user_id: userId, p_connection_id: connectionId }),
      );
    },
  };
}
