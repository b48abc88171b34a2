import type { Sealed } from "../../_shared/core/token-cipher.ts";
import type { PublishDeps } from "./deps.ts";

interface Owner {
  userId: string;
  targetId: string;
}

/** Encrypts what opens an upload of a target, bound to user, target and column. */
export function sealSecret(deps: Pick<PublishDeps, "cipher">, owner: Owner, secret: string): Promise<Sealed> {
  return deps.cipher.encrypt(secret, contextOf(owner));
}

export function unsealSecret(
  deps: Pick<PublishDeps, "cipher">,
  owner: Owner,
  sealed: Sealed,
): Promise<string> {
  return deps.cipher.decrypt(sealed, contextOf(owner));
}

function contextOf({ userId, targetId }: Owner) {
  return { userId, provider: `publish/${targetId}`, column: "secret" };
}
