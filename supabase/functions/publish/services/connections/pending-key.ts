import { sha256Hex } from "../../../_shared/core/digest.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

const KEPT_MS = 10 * 60_000;

interface Way {
  platform: string;
  route: string;
}

/**
 * Keeps a key, encrypted, while its user chooses an account: for ten minutes, for one use and for this person. A newer
 * one takes its place.
 */
export async function keepKey(
  deps: Pick<ConnectionDeps, "states" | "cipher" | "clock">,
  caller: Caller,
  way: Way,
  apiKey: string,
): Promise<Date> {
  const stateHash = await hashOf(caller, way);
  const provider = providerOf(way);
  await deps.states.take(stateHash, caller.id, provider);
  const expiresAt = new Date(deps.clock().getTime() + KEPT_MS);
  const verifier = await deps.cipher.encrypt(apiKey, contextOf(caller, provider));
  await deps.states.create({ stateHash, userId: caller.id, provider, verifier, expiresAt });
  return expiresAt;
}

/** The kept key, which is used up by this; null when there is none. */
export async function takeKey(
  deps: Pick<ConnectionDeps, "states" | "cipher">,
  caller: Caller,
  way: Way,
): Promise<string | null> {
  const provider = providerOf(way);
  const taken = await deps.states.take(await hashOf(caller, way), caller.id, provider);
  if (taken.outcome !== "taken") return null;
  return await deps.cipher.decrypt(taken.verifier, contextOf(caller, provider));
}

/** One place per person and way: nothing has to be sent along to find it again. */
function hashOf(caller: Caller, way: Way): Promise<string> {
  return sha256Hex(`${providerOf(way)} ${caller.id}`);
}

function providerOf({ platform, route }: Way): string {
  return `${platform}/${route}`;
}

function contextOf(caller: Caller, provider: string) {
  return { userId: caller.id, provider, column: "verifier" };
}
