import type { KeyRequest, OfferedAccounts } from "../../../_shared/contracts/publish-connections.ts";
import type { PublishConnection } from "../../../_shared/contracts/publish.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { ProviderUserError } from "../../../_shared/core/provider-errors.ts";
import type { KeyLogin, SocialGrant } from "../../../_shared/core/social-login.ts";
import { toConnection } from "../../rules/to-connection.ts";
import { limitCalls } from "../limit-calls.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";
import { keepKey, takeKey } from "./pending-key.ts";
import { storeGrant } from "./store-grant.ts";

/**
 * Connects an account with an API key, in one call or two: a key answers the accounts to choose from and is kept for
 * ten minutes, an account id connects that one with the key that came along or is kept. The service is asked about the
 * key each time; nothing of a wrong one is stored. AppError and ProviderUserError say what to do.
 */
export async function connectWithKey(
  deps: ConnectionDeps,
  caller: Caller,
  way: { platform: string; route: string },
  request: KeyRequest,
): Promise<OfferedAccounts | PublishConnection> {
  await limitCalls(deps, caller, "connect");
  const login = deps.keyLogins.find(({ platform, route }) =>
    platform === way.platform && route === way.route
  );
  if (!login) throw new AppError("platform_not_available");
  const { api_key: sent, account_id: accountId } = request;
  const apiKey = sent ?? (await takeKey(deps, caller, login));
  if (apiKey === null) throw new AppError("api_key_required");
  if (accountId === undefined) return await offerAccounts(deps, caller, login, apiKey);

  const grant = await openAgain(deps, caller, login, apiKey);
  if (!grant.accounts.some(({ id }) => id === accountId)) {
    await keepKey(deps, caller, login, apiKey);
    throw new AppError("account_not_offered");
  }
  const connected = await listConnected(deps, caller, login);
  const accounts = grant.accounts.filter(({ id }) => id === accountId || connected.includes(id));
  const stored = await storeGrant(deps, caller, login, { ...grant, accounts });
  return toConnection(stored.find((row) => row.account_id === accountId)!);
}

/** Ids of accounts that came the same way: a new key takes the place of their old one as well. */
async function listConnected(
  deps: ConnectionDeps,
  caller: Caller,
  { platform, route }: KeyLogin,
): Promise<string[]> {
  const rows = await deps.connections.listOwn(caller.token);
  return rows
    .filter((row) => row.platform === platform && row.route === route && row.status !== "disconnected")
    .map((row) => row.account_id);
}

async function offerAccounts(
  deps: ConnectionDeps,
  caller: Caller,
  login: KeyLogin,
  apiKey: string,
): Promise<OfferedAccounts> {
  const { accounts } = await login.openKey(apiKey);
  const expiresAt = await keepKey(deps, caller, login, apiKey);
  return {
    accounts: accounts.map(({ id, name, handle }) => ({ id, name, handle })),
    expires_at: expiresAt.toISOString(),
  };
}

/** A key that its service did not refuse is still good for the next try. */
async function openAgain(
  deps: ConnectionDeps,
  caller: Caller,
  login: KeyLogin,
  apiKey: string,
): Promise<SocialGrant> {
  try {
    return await login.openKey(apiKey);
  } catch (error) {
    if (!(error instanceof ProviderUserError)) await keepKey(deps, caller, login, apiKey);
    throw error;
  }
}
