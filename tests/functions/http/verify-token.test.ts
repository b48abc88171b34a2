import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { createVerifyToken } from "../../../supabase/functions/_shared/http/verify-token.ts";

const USER = "00000000-0000-4000-8000-000000000001";
const JWT_SECRET = "test-secret-test-secret-test-secret-0001";
const verify = createVerifyToken({
  SUPABASE_URL: "http://kong:8000",
  PUBLIC_API_URL: "http://127.0.0.1:54321",
  SUPABASE_JWKS: { keys: [] },
  JWT_SECRET,
}, () => new Date());

function sign(issuer: string): Promise<string> {
  return new SignJWT({ role: "authenticated" }).setProtectedHeader({ alg: "HS256" }).setSubject(USER)
    .setIssuer(issuer).setAudience("authenticated").setExpirationTime("1h")
    .sign(new TextEncoder().encode(JWT_SECRET));
}

Deno.test("a token of the inner or the public address is the user's", async () => {
  assert.equal(await verify(await sign("http://kong:8000/auth/v1")), USER);
  assert.equal(await verify(await sign("http://127.0.0.1:54321/auth/v1")), USER);
});

Deno.test("a token of another issuer is refused", async () => {
  await assert.rejects(async () => await verify(await sign("http://127.0.0.1:54321")));
  await assert.rejects(async () => await verify(await sign("http://elsewhere.test/auth/v1")));
});
