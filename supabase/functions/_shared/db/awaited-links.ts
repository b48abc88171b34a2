import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** A published post whose address is still to come. */
export interface AwaitedLink {
  targetId: string;
  userId: string;
  connectionId: string;
  platform: string;
  route: string;
  /** The account's name in addresses, where it is known. */
  handle: string | null;
  /** What the platform calls the post until then. */
  postId: string;
}

export type AwaitedLinks = ReturnType<typeof createAwaitedLinks>;

/** The functions over private.awaited_links (service_role). */
export function createAwaitedLinks(admin: DatabaseClient) {
  return {
    /** What is to be asked for now; the same comes again later unless its address was set. */
    async claim(limit: number): Promise<AwaitedLink[]> {
      const rows = unwrap(await admin.rpc("claim_awaited_links", { p_limit: limit }));
      return rows.map((row) => ({
        targetId: row.target_id,
        userId: row.user_id,
        connectionId: row.connection_id,
        platform: row.platform,
        route: row.route,
        handle: row.account_handle,
        postId: row.post_id,
      }));
    },

    /** False when nobody waits for it any more. */
    async set(targetId: string, postId: string, url: string): Promise<boolean> {
      return unwrap(
        await admin.rpc("set_post_link", {
          p_target_id: targetId,
          p_platform_post_id: postId,
          p_platform_url: url,
        }),
      );
    },
  };
}
