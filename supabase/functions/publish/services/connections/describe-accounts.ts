import {
  ProviderApiError,
  ProviderAuthError,
  ProviderUserError,
} from "../../../_shared/core/provider-errors.ts";
import type { ConnectionDeps } from "./deps.ts";

const MAX_ACCOUNTS = 100;
/** The token was opened for this one call. */
const USED_WITHIN_MS = 60_000;

/**
 * Asks YouTube again what its oldest known accounts are called, as its policies want it every 30 days. One that cannot
 * be read is tried the next day; after 29 days its name is forgotten. Returns how many were read.
 */
export async function describeAccounts(
  deps: Pick<ConnectionDeps, "access" | "clock" | "connections" | "logins">,
): Promise<number> {
  let readCount = 0;
  for (const { userId, connectionId } of await deps.connections.listStale(MAX_ACCOUNTS)) {
    try {
      const account = await deps.access.open(userId, connectionId);
      const login = deps.logins.find(({ platform, route }) =>
        platform === account.platform && route === account.route
      );
      const expiresAt = new Date(deps.clock().getTime() + USED_WITHIN_MS);
      const grant = await login?.openGrant({ accessToken: account.token, refreshToken: null, expiresAt });
      const found = grant?.accounts.find(({ id }) => id === account.accountId);
      if (found && await deps.connections.describe(account, found)) readCount++;
    } catch (error) {
      const isTheirs = error instanceof ProviderApiError || error instanceof ProviderAuthError ||
        error instanceof ProviderUserError;
      if (!isTheirs) throw error;
    }
  }
  return readCount;
}
