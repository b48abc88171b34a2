import assert from "node:assert/strict";
import { AUTH_SCENARIOS } from "../support/auth-scenarios.ts";
import { createRouters, request } from "../support/routers.ts";
import { TEST_ENV } from "../support/test-env.ts";
import { createAsymmetric, signShared, validClaims } from "../support/tokens.ts";

const ID = "0b8d4c6e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const PROTECTED: ["account" | "onedrive" | "publish" | "videos" | "tasks", string, string][] = [
  ["account", "POST", "/account/delete"],
  ["account", "POST", "/account/export"],
  ["onedrive", "GET", "/onedrive/auth-url"],
  ["onedrive", "POST", "/onedrive/finish"],
  ["onedrive", "GET", "/onedrive/status"],
  ["onedrive", "GET", "/onedrive/connections"],
  ["onedrive", "DELETE", `/onedrive/connections/${ID}`],
  ["onedrive", "POST", "/onedrive/disconnect"],
  ["onedrive", "GET", "/onedrive/folders"],
  ["onedrive", "POST", "/onedrive/folders"],
  ["onedrive", "POST", "/onedrive/set-folder"],
  ["onedrive", "POST", "/onedrive/upload-url"],
  ["onedrive", "GET", "/onedrive/uploads"],
  ["onedrive", "GET", `/onedrive/uploads/${ID}`],
  ["onedrive", "POST", `/onedrive/uploads/${ID}/progress`],
  ["onedrive", "POST", `/onedrive/uploads/${ID}/restart`],
  ["onedrive", "POST", `/onedrive/uploads/${ID}/complete`],
  ["onedrive", "PUT", `/onedrive/uploads/${ID}/fragments`],
  ["onedrive", "DELETE", `/onedrive/uploads/${ID}`],
  ["onedrive", "GET", "/onedrive/items"],
  ["onedrive", "POST", "/onedrive/links"],
  ["onedrive", "GET", "/onedrive/no-such-route"],
  ["publish", "GET", "/publish/connections"],
  ["publish", "POST", "/publish/connections/youtube/auth-url"],
  ["publish", "POST", "/publish/connections/youtube/finish"],
  ["publish", "POST", "/publish/connections/tiktok/blotato"],
  ["publish", "DELETE", `/publish/connections/${ID}`],
  ["publish", "POST", "/publish/bulk"],
  ["publish", "GET", `/publish/bulks/${ID}`],
  ["publish", "POST", `/publish/bulks/${ID}/cancel`],
  ["publish", "POST", `/publish/bulks/${ID}/retry`],
  ["videos", "GET", "/videos"],
  ["videos", "GET", `/videos/thumbnails?ids=${ID}`],
  ["videos", "GET", `/videos/${ID}`],
  ["videos", "PATCH", `/videos/${ID}`],
  ["videos", "POST", `/videos/${ID}/associate`],
  ["videos", "GET", `/videos/${ID}/playback`],
  ["videos", "POST", `/videos/${ID}/poster`],
  ["videos", "POST", `/videos/${ID}/queue`],
  ["videos", "DELETE", `/videos/${ID}`],
  ["tasks", "GET", "/tasks/influencer-tasks"],
  ["tasks", "PATCH", `/tasks/influencer-tasks/${ID}`],
];

const routers = createRouters();

for (const [name, method, path] of PROTECTED) {
  Deno.test(`${method} ${path} refuses every wrong credential`, async (t) => {
    for (const scenario of AUTH_SCENARIOS) {
      await t.step(scenario.title, async () => {
        const authorization = await scenario.authorization();
        const headers: HeadersInit = authorization === undefined ? {} : { authorization };
        const response = await routers[name].fetch(request(method, path, { headers }));
        const body = await response.json();
        assert.equal(response.status, 401);
        assert.equal(body.code, scenario.code);
        assert.equal(typeof body.requestId, "string");
      });
    }
  });
}

Deno.test("A fragment of nobody is refused before a byte of it is read", async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
  const url = `http://functions.test/onedrive/uploads/${ID}/fragments`;
  const response = await routers.onedrive.fetch(new Request(url, { method: "PUT", body }));
  assert.deepEqual([response.status, (await response.json()).code], [401, "missing_credentials"]);
  assert.equal(body.locked, false);
});

Deno.test("Requests with a valid token reach the database", async () => {
  const headers = { authorization: `Bearer ${await signShared(validClaims())}` };
  for (const [name, path] of [["videos", "/videos"], ["tasks", "/tasks/influencer-tasks"]] as const) {
    const response = await routers[name].fetch(request("GET", path, { headers }));
    assert.equal(response.status, 503);
    assert.equal((await response.json()).code, "temporarily_unavailable");
  }
});

Deno.test("Tokens of a published key are checked by that key alone", async (t) => {
  const key = await createAsymmetric("key-1");
  const stranger = await createAsymmetric("key-1");
  const env = { SUPABASE_JWKS: JSON.stringify({ keys: [key.publicJwk] }) };
  const { videos } = createRouters({ env });
  const statusOf = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await videos.fetch(request("GET", "/videos", { headers }));
    await response.body?.cancel();
    return response.status;
  };

  await t.step("a genuine one passes", async () => {
    assert.equal(await statusOf(await key.sign(validClaims())), 503);
  });
  await t.step("a forged one with the same key id does not", async () => {
    assert.equal(await statusOf(await stranger.sign(validClaims())), 401);
  });
  await t.step("a key id that is not published does not", async () => {
    assert.equal(await statusOf(await key.sign(validClaims(), { kid: "key-2" })), 401);
  });
  await t.step("the public key as HMAC secret does not", async () => {
    const { SignJWT } = await import("jose");
    const secret = new TextEncoder().encode(JSON.stringify(key.publicJwk));
    const token = await new SignJWT(validClaims()).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(
      secret,
    );
    assert.equal(await statusOf(token), 401);
  });
  await t.step("a shared-secret token passes while a shared secret is configured", async () => {
    assert.equal(await statusOf(await signShared(validClaims())), 503);
  });
  await t.step("a shared-secret token fails without one", async () => {
    const strict = createRouters({ env: { ...env, JWT_SECRET: "" } });
    const headers = { authorization: `Bearer ${await signShared(validClaims(), TEST_ENV.JWT_SECRET)}` };
    const response = await strict.videos.fetch(request("GET", "/videos", { headers }));
    assert.equal((await response.json()).code, "invalid_credentials");
  });
});
