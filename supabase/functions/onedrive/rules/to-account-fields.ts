import type { AccountFields, QuotaFields } from "../../_shared/db/onedrive-connections.ts";
import type { Account, Quota } from "../../_shared/providers/microsoft/adapter.ts";

/** An account of Microsoft as columns of user_onedrive_connections. */
export function toAccountFields(account: Account): AccountFields {
  return {
    account_key: account.key,
    account_name: account.name,
    account_email: account.email,
    account_type: account.type,
    drive_id: account.driveId,
    drive_type: account.driveType,
    ...toQuotaFields(account.quota),
  };
}

export function toQuotaFields(quota: Quota): QuotaFields {
  return {
    quota_total: quota.total,
    quota_used: quota.used,
    quota_remaining: quota.remaining,
    quota_state: quota.state,
  };
}
