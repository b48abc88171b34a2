import {
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { PlatformEnv } from "../core/env.ts";

const ALGORITHM_BY_KEY: Record<string, string> = {
  "EC P-256": "ES256",
  "EC P-384": "ES384",
  "RSA": "RS256",
  "OKP Ed25519": "EdDSA",
};

const claimsSchema = z.object({ sub: z.uuid(), role: z.literal("authenticated") });

export type TokenEnv = Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_JWKS" | "JWT_SECRET" | "PUBLIC_API_URL">;

/** Resolves to the user id of a valid access token, or rejects. */
export type VerifyToken = (token: string) => Promise<string>;

/**
 * Checks signature, issuer, audience, role, expiry and subject. The algorithm follows from the key, never from the
 * token: a key of the JWKS when the token names one, else the shared HS256 secret where one is configured.
 */
export function createVerifyToken(env: TokenEnv, clock: Clock): VerifyToken {
  const jwks = env.SUPABASE_JWKS as JSONWebKeySet;
  const findKey = createLocalJWKSet(jwks);
  const secret = env.JWT_SECRET ? new TextEncoder().encode(env.JWT_SECRET) : null;
  // `supabase start` reaches functions under one address and issues tokens under another.
  const issuer = [env.SUPABASE_URL, env.PUBLIC_API_URL ?? env.SUPABASE_URL].map((url) => `${url}/auth/v1`);
  const expected = { issuer, audience: "authenticated" };

  return async (token) => {
    const { kid } = decodeProtectedHeader(token);
    const checks = { ...expected, currentDate: clock(), requiredClaims: ["exp", "sub"] };
    let payload: JWTPayload;
    if (kid !== undefined && jwks.keys.length > 0) {
      const algorithm = algorithmOf(jwks.keys.find((key) => key.kid === kid));
      ({ payload } = await jwtVerify(token, findKey, { ...checks, algorithms: [algorithm] }));
    } else {
      if (!secret) throw new Error("The token names no key and no shared secret is configured.");
      ({ payload } = await jwtVerify(token, secret, { ...checks, algorithms: ["HS256"] }));
    }
    return claimsSchema.parse(payload).sub;
  };
}

function algorithmOf(key: JWK | undefined): string {
  const algorithm = key && ALGORITHM_BY_KEY[key.crv ? `${key.kty} ${key.crv}` : String(key.kty)];
  if (!algorithm) throw new Error("The token names a key that is not known.");
  return algorithm;
}
