import { decodeJwt, SignJWT } from "jose";

/** The same person's token, as it looks once its time is over. */
export function expiredToken(token: string, secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...decodeJwt(token), iat: now - 7_200, exp: now - 60 })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(secret));
}
