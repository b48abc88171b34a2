import assert from "node:assert/strict";
import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import type { Rig } from "../support/open-rig.ts";

const now = () => Math.floor(Date.now() / 1000);

/** Who may come in, and what those hear who may not. */
export function testTokens(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);
  const sign = (claims: Record<string, unknown>, secret = rig().env.JWT_SECRET!, alg = "HS256") =>
    new SignJWT({ ...decodeJwt(rig().token), ...claims }).setProtectedHeader({ alg, typ: "JWT" })
      .sign(new TextEncoder().encode(secret));
  const ask = (token: string) =>
    rig().send("cf_items?limit=1", { headers: { authorization: `Bearer ${token}` } });

  const refusals: [title: string, token: () => Promise<string> | string, code: string, message: string][] = [
    ["an empty token", () => "", "PGRST301", "Empty JWT is sent in Authorization header"],
    ["a text", () => "nonsense", "PGRST301", "Expected 3 parts in JWT; got 1"],
    ["two parts", () => "a.b", "PGRST301", "Expected 3 parts in JWT; got 2"],
    [
      "a token of another project",
      () => sign({}, "x".repeat(64)),
      "PGRST301",
      "No suitable key or wrong key type",
    ],
    ["an expired token", () => sign({ exp: now() - 31 }), "PGRST303", "JWT expired"],
    ["a token of tomorrow", () => sign({ nbf: now() + 60 }), "PGRST303", "JWT not yet valid"],
    ["a token issued tomorrow", () => sign({ iat: now() + 60 }), "PGRST303", "JWT issued at future"],
    [
      "an expiry that is a text",
      () => sign({ exp: "soon" }),
      "PGRST303",
      "The JWT 'exp' claim must be a number",
    ],
  ];
  for (const [title, token, code, message] of refusals) {
    test(`${title} is 401 ${code}`, async () => {
      const { status, body, headers } = await ask(await token());
      const fields = body as { code: string; message: string };
      assert.deepEqual([status, fields.code, fields.message], [401, code, message]);
      assert.equal(
        headers.get("www-authenticate"),
        `Bearer error="invalid_token", error_description="${message}"`,
      );
    });
  }

  test("an unsigned and a re-signed token are refused", async () => {
    const { token } = rig();
    const [header, payload] = token.split(".");
    const forged = btoa(JSON.stringify({ ...decodeJwt(token), role: "service_role" })).replaceAll("=", "");
    for (
      const one of [
        new UnsecuredJWT(decodeJwt(token)).encode(),
        `${header}.${forged}.${token.split(".")[2]}`,
        `${header}.${payload}.`,
      ]
    ) {
      const { status, body } = await ask(one);
      assert.deepEqual([status, (body as { code: string }).code], [401, "PGRST301"]);
    }
  });

  test("clocks may differ by half a minute", async () => {
    assert.equal((await ask(await sign({ exp: now() - 20 }))).status, 200);
    assert.equal((await ask(await sign({ iat: now() + 20, nbf: now() + 20 }))).status, 200);
  });

  test("a token without a role is anonymous, one with a strange role is refused", async () => {
    const anonymous = await ask(await sign({ role: undefined }));
    assert.deepEqual([anonymous.status, (anonymous.body as { code: string }).code], [401, "42501"]);
    for (const role of ["postgres", "supabase_admin", "nobody_at_all"]) {
      const answer = await ask(await sign({ role }));
      assert.ok([401, 403].includes(answer.status), `${role}: ${answer.status} ${answer.text}`);
    }
  });

  test("a request without a key is refused before anything else", async () => {
    const { send } = rig();
    const none = await send("cf_items", { headers: { apikey: null, authorization: null } });
    assert.equal(none.status, 401);
    assert.equal((none.body as { message: string }).message, "No API key found in request");
    const wrong = await send("cf_items", {
      headers: { apikey: "sb_publishable_guess", authorization: null },
    });
    assert.deepEqual([wrong.status, (wrong.body as { message: string }).message], [401, "Invalid API key"]);
    assert.equal((await send("cf_items", { headers: { apikey: null } })).status, 401);
  });

  test("a key as token is no user", async () => {
    const { send, env } = rig();
    const publishable = await send("cf_items", {
      headers: { authorization: `Bearer ${env.PUBLISHABLE_KEY}` },
    });
    assert.equal(publishable.status, 401);
    const stolen = await send("cf_items", { headers: { authorization: `Bearer ${env.SECRET_KEY}` } });
    assert.equal(stolen.status, 401);
    const other = await send("cf_many?limit=1", { headers: { authorization: "Basic eDp5" } });
    assert.equal(other.status, 200);
  });
}
