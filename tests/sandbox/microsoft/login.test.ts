import assert from "node:assert/strict";
import {
  authorize,
  challengeOf,
  type Json,
  MicrosoftAccount,
  requestConsent,
  requestTokens,
} from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const VERIFIER = "abcdefghijklmnopqrstuvwxyz0123456789-._~ABCDEF";

async function redeem(
  code: string,
  changes: Record<string, string> = {},
  headers = {},
): Promise<[number, Json]> {
  const fields = { grant_type: "authorization_code", code, redirect_uri: sandbox.redirectUri, ...changes };
  const response = await requestTokens(sandbox, fields, headers);
  return [response.status, await response.json()];
}

async function refresh(token: string, changes: Record<string, string> = {}): Promise<[number, Json]> {
  const response = await requestTokens(sandbox, {
    grant_type: "refresh_token",
    refresh_token: token,
    ...changes,
  });
  return [response.status, await response.json()];
}

Deno.test("login gives a code and tokens whose scopes are those asked for", async () => {
  const response = await requestConsent(sandbox, { sandbox_account: "ann" });
  assert.equal(response.status, 302);
  const location = new URL(response.headers.get("location")!);
  assert.equal(location.searchParams.get("state"), "some-state");
  assert.equal(location.searchParams.get("from"), "microsoft");
  const [status, tokens] = await redeem(location.searchParams.get("code")!);
  assert.equal(status, 200);
  assert.equal(tokens.token_type, "Bearer");
  assert.ok(tokens.expires_in >= 3600 && tokens.expires_in <= 5400);
  assert.deepEqual(tokens.scope.split(" ").sort(), ["Files.ReadWrite", "User.Read", "openid", "profile"]);
  assert.match(tokens.refresh_token, /^M\.C.*\*!.*\$$/);
});

Deno.test("login shows a consent page that leads back with a code or a refusal", async () => {
  const page = await requestConsent(sandbox, {});
  const text = await page.text();
  assert.equal(page.status, 200);
  assert.match(text, /name="account"/);
  const hidden = [...text.matchAll(/name="(query_[^"]+)" value="([^"]*)"/g)]
    .map(([, name, value]) => [name!, value!.replaceAll("&amp;", "&")]);
  const decide = async (decision: string) => {
    const form = new URLSearchParams([...hidden, ["account", "Bea"], ["kind", "work"], [
      "decision",
      decision,
    ]]);
    const answer = await fetch(page.url, { method: "POST", body: form, redirect: "manual" });
    return new URL(answer.headers.get("location")!).searchParams;
  };
  assert.equal((await decide("cancel")).get("error"), "access_denied");
  const [status] = await redeem((await decide("accept")).get("code")!);
  assert.equal(status, 200);
});

Deno.test("login answers in the fragment or by form when asked to", async () => {
  const fragment = await requestConsent(sandbox, { sandbox_account: "ann", response_mode: "fragment" });
  assert.match(new URL(fragment.headers.get("location")!).hash, /^#code=.*state=some-state/);
  const form = await requestConsent(sandbox, { sandbox_account: "ann", response_mode: "form_post" });
  assert.match(
    await form.text(),
    /<form method="post" action="http:\/\/localhost:9\/callback\?from=microsoft">/,
  );
});

Deno.test("login never redirects to an address that is not registered exactly", async () => {
  for (const uri of ["http://localhost:9/callback", "http://evil.example/", `${sandbox.redirectUri}&x=1`]) {
    const response = await requestConsent(sandbox, { sandbox_account: "ann", redirect_uri: uri });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /AADSTS50011/);
  }
  const unknown = await requestConsent(sandbox, { sandbox_account: "ann", client_id: "someone-else" });
  assert.match(await unknown.text(), /AADSTS700016/);
});

Deno.test("login sends other mistakes back to the app", async () => {
  const cases: [changes: Record<string, string>, error: string][] = [
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ scope: "Files.DoEverything" }, "invalid_scope"],
    [{ scope: "" }, "invalid_request"],
    [{ code_challenge: "short", code_challenge_method: "S256" }, "invalid_request"],
    [{ code_challenge: VERIFIER, code_challenge_method: "S512" }, "invalid_request"],
    [{ sandbox_account: "", prompt: "none" }, "interaction_required"],
  ];
  for (const [changes, error] of cases) {
    const response = await requestConsent(sandbox, { sandbox_account: "ann", ...changes });
    const query = new URL(response.headers.get("location")!).searchParams;
    assert.equal(query.get("error"), error);
    assert.equal(query.get("state"), "some-state");
    assert.match(query.get("error_description")!, /^AADSTS\d+: /);
  }
});

Deno.test("login keeps work and personal accounts apart by tenant", async () => {
  const [, work] = await redeem(await authorize(sandbox, "ann+work"));
  const [, personal] = await redeem(await authorize(sandbox, "ann"));
  const tenantOf = (tokens: Json) =>
    JSON.parse(atob(tokens.id_token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).tid;
  assert.equal(tenantOf(personal), "9188040d-6c67-4c5b-b112-36a304b66dad");
  assert.notEqual(tenantOf(work), tenantOf(personal));
  const wrong: [string, string][] = [["consumers", "ann+work"], ["organizations", "ann"], [
    "nonsense",
    "ann",
  ]];
  for (const [tenant, account] of wrong) {
    const response = await requestConsent(sandbox, { sandbox_account: account }, tenant);
    assert.equal(response.status, 400);
    await response.body?.cancel();
  }
});

Deno.test("a code is refused the second time, with a wrong verifier, address or age", async () => {
  const challenge = await challengeOf(VERIFIER);
  const code = await authorize(sandbox, "ann", challenge);
  assert.deepEqual((await redeem(code))[1].error_codes, [501481]);
  assert.deepEqual((await redeem(code, { code_verifier: VERIFIER.toUpperCase() }))[1].error_codes, [501481]);
  const other = { code_verifier: VERIFIER, redirect_uri: "http://localhost:9/other" };
  assert.deepEqual((await redeem(code, other))[1].error_codes, [500112]);
  assert.equal((await redeem(code, { code_verifier: VERIFIER }))[0], 200);
  const [status, again] = await redeem(code, { code_verifier: VERIFIER });
  assert.equal(status, 400);
  assert.equal(again.error, "invalid_grant");
  assert.deepEqual(again.error_codes, [54005]);
  assert.deepEqual((await redeem("never-issued"))[1].error_codes, [70000]);
  await sandbox.settings({ code_lifetime_s: 0 });
  assert.deepEqual((await redeem(await authorize(sandbox, "ann")))[1].error_codes, [70008]);
});

Deno.test("the token endpoint wants the client's proof and no Origin", async () => {
  const code = await authorize(sandbox, "ann");
  const cases: [
    changes: Record<string, string>,
    headers: Record<string, string>,
    status: number,
    error: string,
    number: number,
  ][] = [
    [{ client_secret: "wrong" }, {}, 401, "invalid_client", 7000215],
    [{ client_secret: "" }, {}, 401, "invalid_client", 7000218],
    [{ client_id: "someone" }, {}, 400, "unauthorized_client", 700016],
    [{ grant_type: "" }, {}, 400, "invalid_request", 900144],
    [{ grant_type: "password" }, {}, 400, "unsupported_grant_type", 70003],
    [{}, { origin: "http://localhost:5173" }, 400, "invalid_request", 9002326],
    [{}, { "content-type": "application/json" }, 400, "invalid_request", 900144],
  ];
  for (const [changes, headers, status, error, number] of cases) {
    const [actual, body] = await redeem(code, changes, headers);
    assert.deepEqual([actual, body.error, body.error_codes], [status, error, [number]]);
    assert.match(body.error_description, /Trace ID: .*\r\nCorrelation ID: .*\r\nTimestamp: /);
  }
  const pair = [sandbox.clientId, sandbox.clientSecret].map(encodeURIComponent).join(":");
  const basic = { authorization: `Basic ${btoa(pair)}` };
  assert.equal((await redeem(code, { client_id: "", client_secret: "" }, basic))[0], 200);
});

Deno.test("refreshing rotates the token and keeps the old one good", async () => {
  const { tokens } = await MicrosoftAccount.connect(sandbox, "ann");
  const [, first] = await refresh(tokens.refresh_token!);
  assert.notEqual(first.refresh_token, tokens.refresh_token);
  assert.equal((await refresh(tokens.refresh_token!))[0], 200);
  assert.equal((await refresh(first.refresh_token, { scope: "User.Read" }))[1].scope, "User.Read");
  assert.deepEqual((await refresh(first.refresh_token, { scope: "Files.ReadWrite.All" }))[1].error_codes, [
    65001,
  ]);
  assert.deepEqual((await refresh(first.refresh_token, { scope: "no-such" }))[1].error_codes, [70011]);
  assert.deepEqual((await refresh("M.C5_garbage"))[1].error_codes, [70000]);
});

Deno.test("without offline_access there is no refresh token, without openid no id_token", async () => {
  const { tokens } = await MicrosoftAccount.connect(sandbox, "ann", "User.Read Files.Read");
  assert.equal(tokens.refresh_token, undefined);
  assert.equal(tokens.id_token, undefined);
});

Deno.test("the token endpoint refuses with any number that is switched on", async () => {
  const { tokens } = await MicrosoftAccount.connect(sandbox, "ann");
  for (
    const [number, error, status] of [[700082, "invalid_grant", 400], [7000222, "invalid_client", 401], [
      90033,
      "temporarily_unavailable",
      503,
    ]]
  ) {
    await sandbox.settings({ token_error: number });
    const [actual, body] = await refresh(tokens.refresh_token!);
    assert.deepEqual([actual, body.error, body.error_codes], [status, error, [number]]);
  }
  await sandbox.settings({ token_error: null });
  assert.equal((await refresh(tokens.refresh_token!))[0], 200);
});

Deno.test("a revoked grant ends the access token and the refresh token", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  await sandbox.fault({ kind: "revoke", path: "/v1.0/me" });
  const me = await ann.graph("GET", "/me");
  assert.equal(me.status, 401);
  assert.equal((await me.json()).error.code, "InvalidAuthenticationToken");
  assert.deepEqual((await refresh(ann.tokens.refresh_token!))[1].error_codes, [50173]);
});

Deno.test("a refresh that meets a revoke fault is refused", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  await sandbox.fault({ kind: "revoke", method: "POST", path: "/*/token" });
  assert.deepEqual((await refresh(ann.tokens.refresh_token!))[1].error_codes, [50173]);
});

Deno.test("tokens live as long as the setting says", async () => {
  await sandbox.settings({ token_lifetime_s: 0 });
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const refused = await (await ann.graph("GET", "/me")).json();
  assert.match(refused.error.message, /80049228/);
  const work = await MicrosoftAccount.connect(sandbox, "ann+work");
  assert.match((await (await work.graph("GET", "/me")).json()).error.message, /Lifetime validation failed/);
});

Deno.test("scopes that were not granted are refused", async () => {
  const declined = await MicrosoftAccount.connect(sandbox, "cy+declined");
  assert.ok(!declined.tokens.scope.includes("Files"));
  assert.equal((await declined.graphJson("GET", "/me/drive")).error.code, "accessDenied");
  const reader = await MicrosoftAccount.connect(sandbox, "dee", "offline_access Files.Read");
  assert.equal((await reader.graphJson("GET", "/me")).error.code, "Authorization_RequestDenied");
  assert.equal((await reader.graphJson("GET", "/me/drive")).driveType, "personal");
  const created = await reader.graph("POST", "/me/drive/root/children", { name: "x", folder: {} });
  assert.equal(created.status, 403);
  await created.body?.cancel();
});
