import type { PublishConnection } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { PLATFORM_NAMES } from "./platform-names.ts";

/** What an account is called: its name, else its handle, else its platform. */
export const nameAccount = (
  account: Pick<PublishConnection, "platform" | "account_name" | "account_handle">,
): string => account.account_name || account.account_handle || `${PLATFORM_NAMES[account.platform]} account`;
