import { randomBase64url, sha256Base64url, sha256Hex } from "../../_shared/core/digest.ts";
import { type Caller, type OnedriveDeps, PROVIDER } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

const STATE_LIVES_MS = 10 * 60_000;

/** The address of Microsoft's consent page. State (hashed) and PKCE verifier (encrypted) stay here. */
export async function startConnect(deps: OnedriveDeps, caller: Caller): Promise<string> {
  await limitCalls(deps, caller, "connect");
  const state = randomBase64url(32);
  const verifier = randomBase64url(48);
  await deps.states.create({
    stateHash: await sha256Hex(state),
    userId: caller.id,
    provider: PROVIDER,
    verifier: await deps.cipher.encrypt(verifier, {
      userId: caller.id,
      provider: PROVIDER,
      column: "verifier",
    }),
    expiresAt: new Date(deps.clock().getTime() + STATE_LIVES_MS),
  });
  return deps.login.consentUrl(state, await sha256Base64url(verifier));
}
