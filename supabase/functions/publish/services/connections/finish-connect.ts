import type { FinishRequest } from "../../../_shared/contracts/connections.ts";
import type { PublishConnection } from "../../../_shared/contracts/publish.ts";
import { ProviderApiError, ProviderConfigError } from "../../../_shared/core/provider-errors.ts";
import type { SocialLogin } from "../../../_shared/core/social-login.ts";
import { toConnection } from "../../rules/to-connection.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";
import { findLogin } from "./find-login.ts";
import { limitCalls } from "../limit-calls.ts";
import { keepState, type PendingState, takeState } from "./pending-state.ts";
import { storeGrant } from "./store-grant.ts";

/**
 * Turns code and state into connected accounts: every one the person shared on the platform's page. Resolves to the
 * first by name. The state's user must be the caller. A code works once, so its tokens are kept under the state until
 * the accounts are stored: the caller may repeat a failed finish.
 */
export async function finishConnect(
  deps: ConnectionDeps,
  caller: Caller,
  platform: string,
  request: FinishRequest,
): Promise<PublishConnection> {
  await limitCalls(deps, caller, "connect");
  const pending = await takeState(deps, caller, platform, request.state);
  const login = findLogin(deps, platform, pending.route);
  const tokens = pending.tokens ?? (await redeem(deps, caller, login, pending, request.code));
  try {
    const [first] = await storeGrant(deps, caller, login, await login.openGrant(tokens));
    return toConnection(first!);
  } catch (error) {
    await keepState(deps, caller, { ...pending, tokens });
    throw error;
  }
}

async function redeem(
  deps: ConnectionDeps,
  caller: Caller,
  login: SocialLogin,
  pending: PendingState,
  code: string,
) {
  try {
    return await login.exchangeCode(code, pending.verifier);
  } catch (error) {
    // The platform decided nothing, so the code is still good.
    if (isUndecided(error)) await keepState(deps, caller, pending);
    throw error;
  }
}

function isUndecided(error: unknown): boolean {
  return error instanceof ProviderConfigError || (error instanceof ProviderApiError && error.isTransient);
}
