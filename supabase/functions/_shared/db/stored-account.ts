import { type AccountNamesRow, toAccountNames } from "./to-account-names.ts";
import { toSealed } from "./to-sealed.ts";

/** A publishing account with its encrypted tokens; null token: it was disconnected. */
export type StoredAccount = ReturnType<typeof toStoredAccount>;

interface AccountRow extends AccountNamesRow {
  access_token: string | null;
  account_token: string | null;
  key_id: string;
  expires_at: string;
  issued_at: string;
}

/** The account as rooms above know it. `version` stays the database's own text: it names these tokens. */
export function toStoredAccount(row: AccountRow, status: string) {
  const accessToken = toSealed(row.access_token, row.key_id);
  return {
    ...toAccountNames(row),
    status,
    token: accessToken && {
      accessToken,
      accountToken: toSealed(row.account_token, row.key_id),
      expiresAt: row.expires_at,
      version: row.issued_at,
    },
  };
}
