import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";

interface OnAccount {
  platform: Platform;
  connection_id: string | null;
}

const ORDER = Object.keys(PLATFORM_NAMES);

/** Sorts what is on accounts: the same account in the same place everywhere. */
export function byPlatform(one: OnAccount, other: OnAccount): number {
  return ORDER.indexOf(one.platform) - ORDER.indexOf(other.platform) ||
    (one.connection_id ?? "").localeCompare(other.connection_id ?? "");
}
