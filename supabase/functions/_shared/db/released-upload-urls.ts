import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** An upload URL whose upload has ended, until OneDrive has dropped its bytes. */
export interface ReleasedUrl {
  id: string;
  userId: string;
  sealed: Sealed;
}

export type ReleasedUploadUrls = ReturnType<typeof createReleasedUploadUrls>;

/** Queries over private.onedrive_released_urls (service_role). Rows get there by trigger. */
export function createReleasedUploadUrls(
  { admin }: Pick<DatabaseClients, "admin">,
) {
  return {
    /** Claims what is due, of one user or of everybody; what is not forgotten comes back later. */
    async take(limit: number, userId?: string): Promise<ReleasedUrl[]> {
      const rows = unwrap(
        await admin.rpc("take_released_onedrive_urls", {
          p_limit: limit,
          p_user_id: userId,
        }),
      );
      return rows.map((row) => ({
        id: row.id,
        userId: row.user_id,
        sealed: { text: row.upload_url, keyId: row.key_id },
      }));
    },

    async forget(id: string): Promise<void> {
      unwrap(await admin.rpc("forget_released_onedrive_url", { p_id: id }));
    },
  };
}
