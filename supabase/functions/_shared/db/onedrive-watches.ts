import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

const LEASE_SECONDS = 120;

/** How far the changes of a drive were read. */
export interface WatchCheckpoint {
  deltaLink: string | null;
  nextLink: string | null;
  /** True while all known files are looked up by id. */
  isChecking: boolean;
  /** Video id up to which that is done. */
  checkedUntil: string | null;
}

export interface ClaimedWatch extends WatchCheckpoint {
  connectionId: string;
  userId: string;
  driveId: string;
}

export type OnedriveWatches = ReturnType<typeof createOnedriveWatches>;

/** Queries over private.onedrive_watches (service_role). Each write needs the lease of `holder`. */
export function createOnedriveWatches(admin: DatabaseClient) {
  return {
    async claim(holder: string, limit: number): Promise<ClaimedWatch[]> {
      const rows = unwrap(
        await admin.rpc("claim_onedrive_watches", {
          p_holder: holder,
          p_lease_seconds: LEASE_SECONDS,
          p_limit: limit,
        }),
      );
      return rows.map((row) => ({
        connectionId: row.connection_id,
        userId: row.user_id,
        driveId: row.drive_id,
        deltaLink: row.delta_link,
        nextLink: row.next_link,
        isChecking: row.is_checking,
        checkedUntil: row.checked_until,
      }));
    },

    /** False when the lease was lost: somebody else works on this drive now. */
    async save(connectionId: string, holder: string, checkpoint: WatchCheckpoint, missingCount: number) {
      return unwrap(
        await admin.rpc("save_onedrive_watch", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_lease_seconds: LEASE_SECONDS,
          p_checkpoint: {
            delta_link: checkpoint.deltaLink,
            next_link: checkpoint.nextLink,
            is_checking: checkpoint.isChecking,
            checked_until: checkpoint.checkedUntil,
          },
          p_missing_count: missingCount,
        }),
      );
    },

    /** `retrySeconds` null: the run is done. */
    async release(connectionId: string, holder: string, retrySeconds: number | null, errorCode?: string) {
      unwrap(
        await admin.rpc("release_onedrive_watch", {
          p_connection_id: connectionId,
          p_holder: holder,
          p_retry_seconds: retrySeconds ?? undefined,
          p_error_code: errorCode,
        }),
      );
    },
  };
}
