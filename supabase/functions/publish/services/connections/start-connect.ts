import { randomBase64url, sha256Base64url } from "../../../_shared/core/digest.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";
import { findLogin } from "./find-login.ts";
import { limitCalls } from "../limit-calls.ts";
import { keepState } from "./pending-state.ts";

const STATE_LIVES_MS = 10 * 60_000;

/** The address of the platform's consent page. State (hashed) and PKCE verifier (encrypted) stay here. */
export async function startConnect(
  deps: ConnectionDeps,
  caller: Caller,
  platform: string,
  route?: string,
): Promise<string> {
  await limitCalls(deps, caller, "connect");
  const login = findLogin(deps, platform, route);
  const state = randomBase64url(32);
  const verifier = randomBase64url(48);
  const expiresAt = new Date(deps.clock().getTime() + STATE_LIVES_MS);
  await keepState(deps, caller, { state, platform, route: login.route, verifier, tokens: null, expiresAt });
  return login.consentUrl(state, await sha256Base64url(verifier));
}
