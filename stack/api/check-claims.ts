const ALLOWED_SKEW_SECONDS = 30;

/**
 * The claims PostgREST checks: a token may be used until `exp`, from `nbf` and `iat` on, each give or take half a
 * minute, and all three are numbers. Source: PostgREST documentation, "Authentication / JWT Claims Validation".
 * @returns the sentence of the refusal, or null
 */
export function checkClaims(claims: Readonly<Record<string, unknown>>, now = Date.now()): string | null {
  const seconds = Math.floor(now / 1000);
  const { exp, nbf, iat } = claims;
  if (isOdd(exp)) return "The JWT 'exp' claim must be a number";
  if (Number(exp ?? Infinity) < seconds - ALLOWED_SKEW_SECONDS) return "JWT expired";
  if (isOdd(nbf)) return "The JWT 'nbf' claim must be a number";
  if (Number(nbf ?? 0) > seconds + ALLOWED_SKEW_SECONDS) return "JWT not yet valid";
  if (isOdd(iat)) return "The JWT 'iat' claim must be a number";
  if (Number(iat ?? 0) > seconds + ALLOWED_SKEW_SECONDS) return "JWT issued at future";
  return null;
}

function isOdd(claim: unknown): boolean {
  return claim !== undefined && claim !== null && typeof claim !== "number";
}
