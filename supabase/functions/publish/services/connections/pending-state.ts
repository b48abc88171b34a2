import { AppError } from "../../../_shared/core/app-error.ts";
import { sha256Hex } from "../../../_shared/core/digest.ts";
import type { SocialTokens } from "../../../_shared/core/social-login.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

/** What is kept, encrypted, between the consent page and the stored account. */
interface Kept {
  route: string;
  verifier: string;
  /** Once the code was used up. */
  tokens: SocialTokens | null;
}

export interface PendingState extends Kept {
  state: string;
  platform: string;
  expiresAt: Date;
}

/** Keeps a state for the caller, for the first time or again. */
export async function keepState(deps: ConnectionDeps, caller: Caller, pending: PendingState): Promise<void> {
  const { state, platform, expiresAt, ...kept } = pending;
  await deps.states.create({
    stateHash: await sha256Hex(state),
    userId: caller.id,
    provider: platform,
    verifier: await deps.cipher.encrypt(JSON.stringify(kept), contextOf(caller, platform)),
    expiresAt,
  });
}

/** Uses up a state, unless it is another person's. AppError for that, and for unknown and old ones. */
export async function takeState(
  deps: ConnectionDeps,
  caller: Caller,
  platform: string,
  state: string,
): Promise<PendingState> {
  const taken = await deps.states.take(await sha256Hex(state), caller.id, platform);
  if (taken.outcome === "foreign") throw new AppError("oauth_state_foreign");
  if (taken.outcome !== "taken") throw new AppError("oauth_state_invalid");
  const kept = JSON.parse(await deps.cipher.decrypt(taken.verifier, contextOf(caller, platform)));
  const tokens = kept.tokens && { ...kept.tokens, expiresAt: new Date(kept.tokens.expiresAt) };
  return { ...kept, tokens, state, platform, expiresAt: taken.expiresAt };
}

function contextOf(caller: Caller, platform: string) {
  return { userId: caller.id, provider: platform, column: "verifier" };
}
