import { AppError } from "../../../_shared/core/app-error.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

/**
 * Deletes the tokens, then takes the permission back at the platform, unless another account lives on it. A platform
 * that does not answer does not keep the account connected; its tokens are gone from here either way.
 */
export async function disconnect(deps: ConnectionDeps, caller: Caller, connectionId: string): Promise<void> {
  const ended = await deps.connections.disconnect(caller.id, connectionId);
  if (!ended) throw new AppError("connection_not_found");
  const { accessToken, isShared } = ended;
  if (!accessToken || isShared) return;
  const { platform, route, accountId, refreshToken } = ended;
  const account = { userId: caller.id, connectionId, platform, route, accountId };
  const tokens = { accessToken, refreshToken, accountToken: null };
  deps.background("revoke", () => deps.access.revoke({ ...account, ...tokens }));
}
