import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import {
  approveTiktok,
  callTiktokOauth,
  requestTiktokPage,
  TiktokAccount,
} from "../support/tiktok-account.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const redeem = (code: string, more: Record<string, string> = {}) =>
  callTiktokOauth(sandbox, "token", { grant_type: "authorization_code", code, ...more });

async function askCode(account: string, changes: Record<string, string> = {}): Promise<string> {
  return (await approveTiktok(sandbox, account, changes)).searchParams.get("code")!;
}

async function errorOf(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, (await response.json()).error];
}

Deno.test("the consent page names the account, the permissions and a way out", async () => {
  const page = await requestTiktokPage(sandbox);
  assert.equal(page.status, 200);
  const text = await page.text();
  assert.match(text, /Post content to TikTok/);
  assert.match(text, /Cancel/);
});

Deno.test("a wrong authorize request is told on TikTok's own page", async () => {
  const wrong = {
    client_key: "other",
    redirect_uri: "https://elsewhere.example/",
    scope: "video.all",
    state: "",
  };
  for (const [name, value] of Object.entries(wrong)) {
    const page = await requestTiktokPage(sandbox, { sandbox_account: "ann", [name]: value });
    assert.equal(page.status, 400, name);
    assert.match(await page.text(), new RegExp(name === "scope" ? "video.all" : name));
  }
});

Deno.test("a code opens the account once, with the tokens' lifetimes", async () => {
  const back = await approveTiktok(sandbox, "ann");
  assert.equal(back.searchParams.get("state"), "some-state");
  const code = back.searchParams.get("code")!;
  const tokens = await (await redeem(code)).json();
  assert.deepEqual([tokens.expires_in, tokens.refresh_expires_in], [7200, 180 * 24 * 3600]);
  assert.equal(tokens.scope, "user.info.basic,video.publish,video.upload,video.list");
  assert.deepEqual(await errorOf(redeem(code)), [200, "invalid_grant"]);
  await sandbox.settings({ service: "tiktok", oauth_error_status: 400 });
  assert.deepEqual(await errorOf(redeem(code)), [400, "invalid_grant"]);
});

Deno.test("the token endpoint wants the secret, the same redirect address and a form", async () => {
  assert.deepEqual(await errorOf(redeem(await askCode("ann"), { client_secret: "wrong" })), [
    200,
    "invalid_client",
  ]);
  const other = await redeem(await askCode("ann"), { redirect_uri: "http://localhost:9/other" });
  assert.equal((await other.json()).error, "invalid_grant");
  const json = await fetch(`${sandbox.urls.TIKTOK_API_URL}/v2/oauth/token/`, { method: "POST", body: "{}" });
  assert.equal((await json.json()).error, "invalid_request");
});

Deno.test("a PKCE challenge is the hex of the hash", async () => {
  const verifier = "v".repeat(43);
  const code_challenge = createHash("sha256").update(verifier).digest("hex");
  const pkce = { code_challenge, code_challenge_method: "S256" };
  const code = await askCode("ann", pkce);
  assert.deepEqual(await errorOf(redeem(code, { code_verifier: "w".repeat(43) })), [200, "invalid_request"]);
  assert.ok((await (await redeem(code, { code_verifier: verifier })).json()).access_token);
  const base64url = createHash("sha256").update(verifier).digest("base64url");
  assert.equal((await requestTiktokPage(sandbox, { ...pkce, code_challenge: base64url })).status, 400);
});

Deno.test("a refresh token works once, also when its answer is lost", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const renew = (refresh_token: string) =>
    callTiktokOauth(sandbox, "token", { grant_type: "refresh_token", refresh_token });
  const renewed = await (await renew(ann.tokens.refresh_token)).json();
  assert.equal(renewed.open_id, ann.tokens.open_id);
  assert.deepEqual(await errorOf(renew(ann.tokens.refresh_token)), [200, "invalid_grant"]);
  await sandbox.fault({ service: "tiktok", path: "/v2/oauth/token/", kind: "lost_answer" });
  await assert.rejects(renew(renewed.refresh_token));
  assert.deepEqual(await errorOf(renew(renewed.refresh_token)), [200, "invalid_grant"]);
});

Deno.test("revoking one access token ends the whole permission", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const again = await TiktokAccount.connect(sandbox, "ann");
  const revoked = await callTiktokOauth(sandbox, "revoke", { token: ann.tokens.access_token });
  assert.deepEqual(await revoked.json(), {});
  for (const each of [ann, again]) {
    const [status, code] = await each.codeOf("post/publish/creator_info/query/");
    assert.deepEqual([status, code], [401, "access_token_invalid"]);
  }
});

Deno.test("an account may decline everything but the sign-in", async () => {
  const dora = await TiktokAccount.connect(sandbox, "dora+declined");
  assert.equal(dora.tokens.scope, "user.info.basic");
  assert.deepEqual(await dora.codeOf("post/publish/creator_info/query/"), [401, "scope_not_authorized"]);
});
