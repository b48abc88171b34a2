import { createHash } from "node:crypto";
import type { AuthorizationCode } from "../grants.ts";

/** Whether a PKCE verifier fits what the dialog was told; without a challenge there must be none. */
export function checkVerifier(code: AuthorizationCode, verifier: string | null): boolean {
  if (code.challenge === null || verifier === null) return code.challenge === verifier;
  const made = code.challengeMethod === "plain"
    ? verifier
    : createHash("sha256").update(verifier).digest("base64url");
  return made === code.challenge;
}
