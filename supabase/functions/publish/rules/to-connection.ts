import type { PublishConnection } from "../../_shared/contracts/publish.ts";
import type { OauthConnectionRow } from "../../_shared/db/oauth-connections.ts";

/** An account as its user sees it. */
export function toConnection(row: OauthConnectionRow): PublishConnection {
  return {
    id: row.id,
    platform: row.platform,
    route: row.route,
    status: row.status,
    account_name: row.account_name,
    account_handle: row.account_handle,
    account_picture_url: row.account_picture_url,
    expires_at: row.token_expires_at,
  };
}
