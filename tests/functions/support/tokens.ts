import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { TEST_ENV } from "./test-env.ts";

export const USER_ID = "5f1c1f7e-8f0a-4c55-9d1c-0d3c0a4b8f11";
export const ISSUER = `${TEST_ENV.SUPABASE_URL}/auth/v1`;

/** Claims of a valid access token; tests change one at a time. */
export function validClaims(): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: ISSUER,
    aud: "authenticated",
    role: "authenticated",
    sub: USER_ID,
    iat: now,
    exp: now + 3600,
  };
}

/** Signs with the shared secret, as the embedded auth server does. */
export function signShared(
  claims: JWTPayload,
  secret = TEST_ENV.JWT_SECRET,
  algorithm = "HS256",
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(secret));
}

/** An unsigned token (alg none). */
export function unsigned(claims: JWTPayload): string {
  return new UnsecuredJWT(claims).encode();
}

/** A key pair as a hosted project publishes it, and a signer for it. */
export async function createAsymmetric(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const publicJwk = { ...await exportJWK(publicKey), kid, alg: "ES256", use: "sig" };
  return {
    publicJwk,
    sign: (claims: JWTPayload, header: Record<string, unknown> = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid, ...header }).sign(privateKey),
  };
}
