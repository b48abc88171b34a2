import type { Sealed } from "../core/token-cipher.ts";

/** A publishing account with its encrypted tokens; null token: it was disconnected. */
export type StoredAccount = ReturnType<typeof toStoredAccount>;

interface AccountRow {
  connection_id: string;
  user_id: string;
  platform: string;
  route: string;
  account_id: string;
  access_token: string | null;
  account_token: string | null;
  key_id: string;
  expires_at: string;
  issued_at: string;
}

/** The account as rooms above know it. `version` stays the database's own text: it names these tokens. */
export function toStoredAccount(row: AccountRow, status: string) {
  return {
    connectionId: row.connection_id,
    userId: row.user_id,
    platform: row.platform,
    route: row.route,
    accountId: row.account_id,
    status,
    token: row.access_token
      ? {
        accessToken: { text: row.access_token, keyId: row.key_id } satisfies Sealed,
        accountToken: row.account_token ? { text: row.account_token, keyId: row.key_id } : null,
        expiresAt: row.expires_at,
        version: row.issued_at,
      }
      : null,
  };
}
