import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Row } from "./row.ts";
import { toSealed } from "./to-sealed.ts";

/** A row of oauth_connections. */
export type OauthConnectionRow = Row<
  "oauth_connections",
  {
    platform: "tiktok" | "instagram" | "youtube" | "facebook";
    status: "connected" | "expiring" | "expired" | "error" | "disconnected";
  }
>;

/** An account with its encrypted tokens, as save_oauth_connections takes it. */
export type NewOauthAccount = {
  account_id: string;
  account_name: string | null;
  account_handle: string | null;
  account_picture_url: string | null;
  access_token: string;
  refresh_token: string | null;
  account_token: string | null;
  key_id: string;
  expires_at: string;
};

export interface NewOauthGrant {
  platform: string;
  route: string;
  key: string;
  scopes: readonly string[];
  accounts: NewOauthAccount[];
}

export type OauthConnections = ReturnType<typeof createOauthConnections>;

/** Queries over oauth_connections: read as the caller, written as service_role. */
export function createOauthConnections({ asCaller, admin }: DatabaseClients) {
  return {
    /** The caller's accounts, disconnected ones included, oldest first. */
    async listOwn(callerToken: string): Promise<OauthConnectionRow[]> {
      const answer = await asCaller(callerToken).from("oauth_connections").select("*").order("id");
      return unwrap(answer) as OauthConnectionRow[];
    },

    /** Stores the accounts of a sign-in in one transaction and wakes the posts that wait for them. */
    async save(userId: string, grant: NewOauthGrant): Promise<OauthConnectionRow[]> {
      const answer = await admin.rpc("save_oauth_connections", {
        p_user_id: userId,
        p_platform: grant.platform,
        p_route: grant.route,
        p_grant_key: grant.key,
        p_scopes: [...grant.scopes],
        p_accounts: grant.accounts,
      });
      return unwrap(answer) as OauthConnectionRow[];
    },

    /** Notes which accounts belong to which Pages: by the one's id at the platform, the other's. */
    async link(userId: string, platform: string, links: Readonly<Record<string, string>>): Promise<void> {
      unwrap(
        await admin.rpc("link_oauth_accounts", {
          p_user_id: userId,
          p_platform: platform,
          p_links: { ...links },
        }),
      );
    },

    /** Accounts whose name and picture are to be read anew. */
    async listStale(limit: number): Promise<{ userId: string; connectionId: string }[]> {
      const rows = unwrap(await admin.rpc("list_stale_youtube_accounts", { p_limit: limit }));
      return rows.map((row) => ({ userId: row.user_id, connectionId: row.connection_id }));
    },

    /** False when it is not that account any more. */
    async describe(
      { userId, connectionId, accountId }: { userId: string; connectionId: string; accountId: string },
      names: { name: string | null; handle: string | null; pictureUrl: string | null },
    ): Promise<boolean> {
      return unwrap(
        await admin.rpc("describe_oauth_account", {
          p_user_id: userId,
          p_connection_id: connectionId,
          p_account_id: accountId,
          // Null means that there is none; the generated types do not know it.
          p_name: names.name as string,
          p_handle: names.handle as string,
          p_picture_url: names.pictureUrl as string,
        }),
      );
    },

    /** Deletes and returns the tokens; null when the user has no such account. */
    async disconnect(userId: string, connectionId: string) {
      const [row] = unwrap(
        await admin.rpc("disconnect_oauth", { p_user_id: userId, p_connection_id: connectionId }),
      );
      if (!row) return null;
      return {
        platform: row.platform,
        route: row.route,
        accountId: row.account_id,
        /** Another account, of anybody, lives on the same permission. */
        isShared: row.is_shared,
        accessToken: toSealed(row.access_token, row.key_id),
        refreshToken: toSealed(row.refresh_token, row.key_id),
      };
    },
  };
}
