import assert from "node:assert/strict";
import { createRemoteJWKSet, jwtVerify } from "jose";
import {
  askForCode,
  fullNames,
  GoogleAccount,
  type GoogleTokens,
  redeemCode,
  refreshTokens,
  refusal,
  requestGoogleConsent,
  requestGoogleTokens,
  SCOPES,
} from "../support/google-account.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

async function errorOf(answer: Promise<Response>): Promise<[status: number, error: string]> {
  const response = await answer;
  return [response.status, (await response.json()).error];
}

async function tokensFor(name: string, changes: Record<string, string> = {}): Promise<GoogleTokens> {
  return await (await redeemCode(sandbox, await askForCode(sandbox, name, changes))).json();
}

/** The query of the redirect with which a consent request was answered. */
async function sentBack(changes: Record<string, string>): Promise<URLSearchParams> {
  const response = await requestGoogleConsent(sandbox, changes);
  assert.equal(response.status, 302);
  return new URL(response.headers.get("location")!).searchParams;
}

Deno.test("consent sends back code, state and granted scopes", async () => {
  const result = await sentBack({ sandbox_account: "ann" });
  assert.equal(result.get("state"), "some-state");
  assert.equal(result.get("from"), "microsoft", "the registered query of the redirect address stays");
  assert.equal(result.get("scope"), fullNames(SCOPES));
  const tokens: GoogleTokens = await (await redeemCode(sandbox, result.get("code")!)).json();
  assert.equal(tokens.expires_in, 3599);
  assert.equal(tokens.scope, fullNames(SCOPES));
  assert.ok(tokens.refresh_token);
  assert.equal(tokens.refresh_token_expires_in, undefined);
});

Deno.test("a wrong request is shown on Google's page and sent nowhere", async () => {
  const wrong: [Record<string, string>, number, string][] = [
    [{ client_id: "someone" }, 401, "invalid_client"],
    [{ redirect_uri: `${sandbox.redirectUri}/` }, 400, "redirect_uri_mismatch"],
    [{ response_type: "token" }, 400, "unsupported_response_type"],
    [{ scope: "https://www.googleapis.com/auth/drive.everything" }, 400, "invalid_scope"],
    [{ scope: "" }, 400, "invalid_request"],
    [{ access_type: "always" }, 400, "invalid_request"],
    [{ prompt: "none consent" }, 400, "invalid_request"],
    [{ code_challenge: "short" }, 400, "invalid_request"],
  ];
  for (const [changes, status, error] of wrong) {
    const response = await requestGoogleConsent(sandbox, { sandbox_account: "ann", ...changes });
    assert.equal(response.status, status, error);
    assert.match(await response.text(), new RegExp(`Error ${status}: ${error}`));
  }
});

Deno.test("a person ticks scopes on the consent page, or cancels", async () => {
  const page = await (await requestGoogleConsent(sandbox, {})).text();
  const fields = [...page.matchAll(/name="(query_[^"]+)" value="([^"]*)"/g)].map(([, name, value]) =>
    [name!, value!.replaceAll("&amp;", "&")] as const
  );
  assert.equal([...page.matchAll(/type="checkbox" name="scope"/g)].length, 3);
  const decide = async (extra: [string, string][]) => {
    const response = await fetch(`${sandbox.urls.GOOGLE_OAUTH_URL}/o/oauth2/v2/auth`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams([...fields, ["account", "bob"], ...extra].map(([a, b]) => [a, b])),
    });
    return new URL(response.headers.get("location")!).searchParams;
  };
  const some = await decide([["decision", "accept"], ["scope", "youtube.readonly"]]);
  assert.equal(some.get("scope"), fullNames(["youtube.readonly"]));
  assert.equal((await decide([["decision", "accept"]])).get("error"), "access_denied");
  assert.equal((await decide([["decision", "cancel"]])).get("error"), "access_denied");
});

Deno.test("a refresh token comes for offline access with consent, else only the first time", async () => {
  assert.equal((await tokensFor("online", { access_type: "" })).refresh_token, undefined);
  assert.ok((await tokensFor("ann", { prompt: "" })).refresh_token);
  assert.equal((await tokensFor("ann", { prompt: "" })).refresh_token, undefined);
  assert.ok((await tokensFor("ann")).refresh_token);
  assert.equal((await sentBack({ prompt: "none" })).get("error"), "interaction_required");
  const strange = await sentBack({ prompt: "none", sandbox_account: "carl" });
  assert.equal(strange.get("error"), "consent_required");
});

Deno.test("an account may decline scopes, and grants add up when asked to", async () => {
  const declined = await tokensFor("dan+declined");
  assert.equal(declined.scope, fullNames(["youtube.readonly"]));
  await tokensFor("eve", { scope: fullNames(["youtube.readonly"]) });
  const more = { scope: fullNames(["youtube.upload"]) };
  assert.equal((await tokensFor("eve", more)).scope, more.scope);
  const all = await tokensFor("eve", { ...more, include_granted_scopes: "true" });
  assert.equal(all.scope, fullNames(["youtube.readonly", "youtube.upload"]));
});

Deno.test("a code is redeemed once, in time, with the same address and verifier", async () => {
  const code = await askForCode(sandbox, "ann");
  assert.deepEqual(await errorOf(redeemCode(sandbox, "4/unknown")), [400, "invalid_grant"]);
  const other = { redirect_uri: "http://localhost:9/other" };
  assert.deepEqual(await errorOf(redeemCode(sandbox, code, other)), [400, "redirect_uri_mismatch"]);
  assert.deepEqual(await errorOf(redeemCode(sandbox, code, { code_verifier: "" })), [400, "invalid_grant"]);
  const wrong = { code_verifier: "w".repeat(43) };
  assert.deepEqual(await errorOf(redeemCode(sandbox, code, wrong)), [400, "invalid_grant"]);
  const good = await redeemCode(sandbox, code);
  assert.equal(good.status, 200);
  await good.body?.cancel();
  assert.deepEqual(await errorOf(redeemCode(sandbox, code)), [400, "invalid_grant"]);
  await sandbox.settings({ service: "google", code_lifetime_s: 0 });
  const late = await askForCode(sandbox, "ann");
  assert.deepEqual(await errorOf(redeemCode(sandbox, late)), [400, "invalid_grant"]);
});

Deno.test("a verifier is refused when none was announced", async () => {
  const none = { code_challenge: "", code_challenge_method: "" };
  const code = await askForCode(sandbox, "ann", none);
  assert.deepEqual(await errorOf(redeemCode(sandbox, code)), [400, "invalid_grant"]);
  assert.equal((await redeemCode(sandbox, code, { code_verifier: "" })).status, 200);
  const plain = { code_challenge: "p".repeat(50), code_challenge_method: "plain" };
  const second = await askForCode(sandbox, "ann", plain);
  assert.equal((await redeemCode(sandbox, second, { code_verifier: "p".repeat(50) })).status, 200);
});

Deno.test("the token endpoint proves the client and the request", async () => {
  const fields = { grant_type: "refresh_token", refresh_token: "x" };
  const wrong: [Record<string, string>, number, string][] = [
    [{ client_id: "" }, 400, "invalid_request"],
    [{ client_id: "someone" }, 401, "invalid_client"],
    [{ client_secret: "" }, 400, "invalid_request"],
    [{ client_secret: "guess" }, 401, "invalid_client"],
    [{ grant_type: "" }, 400, "invalid_request"],
    [{ grant_type: "password" }, 400, "unsupported_grant_type"],
    [{ refresh_token: "" }, 400, "invalid_request"],
    [{}, 400, "invalid_grant"],
  ];
  for (const [changes, status, error] of wrong) {
    assert.deepEqual(await errorOf(requestGoogleTokens(sandbox, { ...fields, ...changes })), [status, error]);
  }
  const json = fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  assert.deepEqual(await errorOf(json), [400, "invalid_request"]);
});

Deno.test("a refresh gives a new access token and no new refresh token", async () => {
  const { refresh_token, access_token } = await tokensFor("ann");
  const answer: GoogleTokens = await (await refreshTokens(sandbox, refresh_token!)).json();
  assert.notEqual(answer.access_token, access_token);
  assert.equal(answer.refresh_token, undefined);
  assert.equal(answer.scope, fullNames(SCOPES));
  const narrow = { grant_type: "refresh_token", refresh_token: refresh_token! };
  const less = await requestGoogleTokens(sandbox, { ...narrow, scope: fullNames(["youtube.readonly"]) });
  assert.equal((await less.json()).scope, fullNames(["youtube.readonly"]));
  const more = requestGoogleTokens(sandbox, { ...narrow, scope: fullNames(["youtube"]) });
  assert.deepEqual(await errorOf(more), [400, "invalid_scope"]);
});

Deno.test("a project in testing gives refresh tokens of seven days", async () => {
  await sandbox.settings({ service: "google", testing_mode: true });
  assert.equal((await tokensFor("ann")).refresh_token_expires_in, 7 * 24 * 3600);
  await sandbox.settings({ service: "google", refresh_lifetime_s: 0 });
  const { refresh_token, refresh_token_expires_in } = await tokensFor("ann");
  assert.equal(refresh_token_expires_in, 0);
  assert.deepEqual(await errorOf(refreshTokens(sandbox, refresh_token!)), [400, "invalid_grant"]);
});

Deno.test("revoking a token ends the whole grant", async () => {
  const ann = await GoogleAccount.connect(sandbox, "ann");
  const second = await tokensFor("ann");
  const revoke = (token: string) =>
    fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
  const done = await revoke(second.access_token);
  assert.equal(done.status, 200);
  await done.body?.cancel();
  for (const tokens of [ann.tokens, second]) {
    const response = await refreshTokens(sandbox, tokens.refresh_token!);
    const { error, error_description }: Json = await response.json();
    assert.deepEqual([error, error_description], ["invalid_grant", "Token has been expired or revoked."]);
  }
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id&mine=true")), [401, "authError"]);
  assert.deepEqual(await errorOf(revoke(second.access_token)), [400, "invalid_token"]);
  assert.ok((await tokensFor("ann", { prompt: "" })).refresh_token, "the next grant is a first one again");
});

Deno.test("the hundred-and-first refresh token ends the oldest", async () => {
  const first = await tokensFor("ann");
  const second = await tokensFor("ann");
  for (let count = 3; count <= 101; count++) await tokensFor("ann");
  assert.deepEqual(await errorOf(refreshTokens(sandbox, first.refresh_token!)), [400, "invalid_grant"]);
  assert.equal((await refreshTokens(sandbox, second.refresh_token!)).status, 200);
});

Deno.test("tokeninfo tells scopes and time left, an expired token is refused", async () => {
  const { access_token } = await tokensFor("ann");
  const url = `${sandbox.urls.GOOGLE_TOKEN_URL}/tokeninfo?access_token=${access_token}`;
  const info: Json = await (await fetch(url)).json();
  assert.deepEqual([info.aud, info.scope, info.access_type], [
    sandbox.clientId,
    fullNames(SCOPES),
    "offline",
  ]);
  await sandbox.settings({ service: "google", token_lifetime_s: 0 });
  const ann = await GoogleAccount.connect(sandbox, "ann");
  assert.deepEqual(await refusal(ann.api("GET", "/channels?part=id&mine=true")), [401, "authError"]);
  const gone = fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/tokeninfo?access_token=${ann.tokens.access_token}`);
  assert.deepEqual(await errorOf(gone), [400, "invalid_token"]);
});

Deno.test("sign-in scopes give a signed id_token and userinfo, and are no time-limited grant", async () => {
  await sandbox.settings({ service: "google", testing_mode: true });
  const scope = "openid email profile";
  const tokens: Json = await tokensFor("ann", { scope, nonce: "n-1" });
  assert.equal(tokens.scope, `openid ${fullNames(["userinfo.email", "userinfo.profile"])}`);
  assert.equal(tokens.refresh_token_expires_in, undefined);
  const keys = createRemoteJWKSet(new URL(`${sandbox.urls.YOUTUBE_API_URL}/oauth2/v3/certs`));
  const issued = { issuer: "https://accounts.google.com", audience: sandbox.clientId };
  const { payload } = await jwtVerify(tokens.id_token, keys, issued);
  assert.deepEqual([payload.email, payload.name, payload.nonce], ["ann@gmail.example", "Ann", "n-1"]);
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const person: Json = await (await fetch(`${sandbox.urls.YOUTUBE_API_URL}/oauth2/v3/userinfo`, { headers }))
    .json();
  assert.deepEqual([person.sub, person.email], [payload.sub, "ann@gmail.example"]);
});

Deno.test("unknown paths are 404 in Google's envelope", async () => {
  for (const name of ["GOOGLE_OAUTH_URL", "GOOGLE_TOKEN_URL", "YOUTUBE_API_URL", "YOUTUBE_UPLOAD_URL"]) {
    assert.deepEqual(await refusal(await fetch(`${sandbox.urls[name]}/nowhere`)), [404, "notFound"], name);
  }
});
