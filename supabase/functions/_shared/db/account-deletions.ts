import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toSealed } from "./to-sealed.ts";

/** Long enough for a slow storage server, short enough that a crash delays a deletion by minutes only. */
const LEASE_SECONDS = 120;

/** The constraint on private.account_deletions.step. */
export type DeletionStep = "uploads" | "tokens" | "objects" | "user" | "leftovers";

export interface DeletionClaim {
  userId: string;
  /** The first step that is not known to be done. */
  step: DeletionStep;
  /** Claims since the last checkpoint, this one included. */
  attempts: number;
  leaseToken: string;
}

/** A permission of a leaving account at a platform. */
export interface AccountGrant {
  userId: string;
  connectionId: string;
  platform: string;
  route: string;
  accountId: string;
  accessToken: Sealed;
  refreshToken: Sealed | null;
  accountToken: null;
}

export type AccountDeletions = ReturnType<typeof createAccountDeletions>;

/** Queries over private.account_deletions and what its steps remove (service_role). */
export function createAccountDeletions({ admin }: Pick<DatabaseClients, "admin">) {
  return {
    /** Closes the account: no session, no signing in, and a job that deletes it. */
    async request(userId: string): Promise<void> {
      unwrap(await admin.rpc("request_account_deletion", { p_user_id: userId }));
    },

    async claim(limit: number): Promise<DeletionClaim[]> {
      const rows = unwrap(
        await admin.rpc("claim_account_deletions", { p_limit: limit, p_lease_seconds: LEASE_SECONDS }),
      );
      return rows.map((row) => ({
        userId: row.user_id,
        step: row.step as DeletionStep,
        attempts: row.attempts,
        leaseToken: row.lease_token,
      }));
    },

    /** Stores the step to do next; false when the lease was lost. */
    async checkpoint({ userId, leaseToken }: DeletionClaim, step: DeletionStep): Promise<boolean> {
      return unwrap(
        await admin.rpc("checkpoint_account_deletion", {
          p_user_id: userId,
          p_lease_token: leaseToken,
          p_step: step,
          p_lease_seconds: LEASE_SECONDS,
        }),
      );
    },

    async postpone({ userId, leaseToken }: DeletionClaim, error: string): Promise<void> {
      unwrap(
        await admin.rpc("postpone_account_deletion", {
          p_user_id: userId,
          p_lease_token: leaseToken,
          p_error: error,
        }),
      );
    },

    /** Removes the job and what no foreign key removes; false when the lease was lost or the user is there. */
    async finish({ userId, leaseToken }: DeletionClaim): Promise<boolean> {
      return unwrap(
        await admin.rpc("finish_account_deletion", { p_user_id: userId, p_lease_token: leaseToken }),
      );
    },

    /** Upload URLs OneDrive still honours, encrypted. */
    async listUploadUrls(userId: string): Promise<Sealed[]> {
      const rows = unwrap(await admin.rpc("list_account_upload_urls", { p_user_id: userId }));
      return rows.map((row) => ({ text: row.upload_url, keyId: row.key_id }));
    },

    /** The permissions at publishing platforms that end with the account, encrypted. */
    async listGrants(userId: string): Promise<AccountGrant[]> {
      const rows = unwrap(await admin.rpc("list_account_grants", { p_user_id: userId }));
      return rows.map((row) => ({
        userId,
        connectionId: row.connection_id,
        platform: row.platform,
        route: row.route,
        accountId: row.account_id,
        accessToken: { text: row.access_token, keyId: row.key_id },
        refreshToken: toSealed(row.refresh_token, row.key_id),
        accountToken: null,
      }));
    },

    /** Deletes tokens, upload URLs and pending sign-ins. */
    async forgetSecrets(userId: string): Promise<void> {
      unwrap(await admin.rpc("forget_account_secrets", { p_user_id: userId }));
    },
  };
}
