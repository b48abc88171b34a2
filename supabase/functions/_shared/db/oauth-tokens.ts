import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toStoredAccount } from "./stored-account.ts";
import { type AccountNamesRow, toAccountNames } from "./to-account-names.ts";
import { toSealed } from "./to-sealed.ts";

const LEASE_SECONDS = 45;

interface ClaimRow extends AccountNamesRow {
  access_token: string;
  refresh_token: string | null;
  account_token: string | null;
  key_id: string;
}

interface NewTokens {
  access_token: string;
  refresh_token: string | null;
  account_token: string | null;
  key_id: string;
  expires_at: string;
}

export type OauthTokens = ReturnType<typeof createOauthTokens>;

/** Queries over private.oauth_tokens (service_role); values stay encrypted. */
export function createOauthTokens(admin: DatabaseClient) {
  return {
    async getAccess(userId: string, connectionId: string) {
      const [row] = unwrap(
        await admin.rpc("get_oauth_access", { p_user_id: userId, p_connection_id: connectionId }),
      );
      return row ? toStoredAccount(row, row.status) : null;
    },

    async claimRefresh(connectionId: string, holder: string, seenVersion: string) {
      const [row] = unwrap(
        await admin.rpc("claim_oauth_refresh", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_seen_issued_at: seenVersion,
          p_lease_seconds: LEASE_SECONDS,
        }),
      );
      return row ? toClaim(row) : null;
    },

    /** Claims up to `limit` accounts whose tokens are to be renewed by their platform's rule. */
    async claimDueRefreshes(holder: string, limit: number) {
      const rows = unwrap(
        await admin.rpc("claim_due_oauth_refreshes", {
          p_holder: holder,
          p_lease_seconds: LEASE_SECONDS,
          p_limit: limit,
        }),
      );
      return rows.map(toClaim);
    },

    async saveRefreshed(connectionId: string, holder: string, tokens: NewTokens): Promise<boolean> {
      return unwrap(
        await admin.rpc("save_refreshed_oauth_tokens", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_tokens: { ...tokens },
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
        await admin.rpc("fail_oauth_refresh", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_error_code: errorCode,
          p_expired: isExpired,
        }),
      );
    },

    /** The platform refuses these tokens, new as they are: ends the account unless it has newer ones. */
    async endAccount(connectionId: string, seenVersion: string, errorCode: string): Promise<boolean> {
      return unwrap(
        await admin.rpc("end_oauth_account", {
          p_connection_id: connectionId,
          p_seen_issued_at: seenVersion,
          p_error_code: errorCode,
        }),
      );
    },
  };
}

function toClaim(row: ClaimRow) {
  return {
    ...toAccountNames(row),
    accessToken: { text: row.access_token, keyId: row.key_id },
    refreshToken: toSealed(row.refresh_token, row.key_id),
    accountToken: toSealed(row.account_token, row.key_id),
  };
}
