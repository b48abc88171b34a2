export interface AccountNamesRow {
  connection_id: string;
  user_id: string;
  platform: string;
  route: string;
  account_id: string;
}

/** Which publishing account a row is about, in our words. */
export function toAccountNames(row: AccountNamesRow) {
  return {
    connectionId: row.connection_id,
    userId: row.user_id,
    platform: row.platform,
    route: row.route,
    accountId: row.account_id,
  };
}
