import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { canPostTo } from "./can-post-to.ts";

/** The Facebook Page of an Instagram account, where it is connected and takes posts. */
export function findPage(
  { page_connection_id: pageId }: Pick<PublishConnection, "page_connection_id">,
  accounts: readonly PublishConnection[],
): PublishConnection | null {
  return accounts.find((account) => account.id === pageId && canPostTo(account)) ?? null;
}

/** The Pages of these Instagram accounts, each once. */
export function findPages(
  chosen: readonly PublishConnection[],
  accounts: readonly PublishConnection[],
): PublishConnection[] {
  return [...new Set(chosen.flatMap((account) => findPage(account, accounts) ?? []))];
}
