import type { PublishConnection } from "../../_shared/contracts/publish.ts";
import { NEVER_ENDS } from "../../_shared/core/social-login.ts";
import type { OauthConnectionRow } from "../../_shared/db/oauth-connections.ts";

/** An account as its user sees it. `rows` are all of theirs, where an Instagram account's Page is looked for. */
export function toConnection(
  row: OauthConnectionRow,
  rows: readonly OauthConnectionRow[] = [],
): PublishConnection {
  return {
    id: row.id,
    platform: row.platform,
    route: row.route,
    status: row.status,
    account_name: row.account_name,
    account_handle: row.account_handle,
    account_picture_url: row.account_picture_url,
    expires_at: isEndless(row) ? null : row.token_expires_at,
    page_connection_id: row.platform === "instagram" ? findPage(row, rows) : null,
  };
}

function isEndless({ token_expires_at: endsAt }: OauthConnectionRow): boolean {
  return endsAt !== null && new Date(endsAt) >= NEVER_ENDS;
}

/** Either half may know the other. */
function findPage(account: OauthConnectionRow, rows: readonly OauthConnectionRow[]): string | null {
  const page = rows.find((row) =>
    row.platform === "facebook" &&
    (row.account_id === account.linked_account_id || row.linked_account_id === account.account_id)
  );
  return page?.id ?? null;
}
