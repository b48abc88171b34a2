import assert from "node:assert/strict";
import { graphRefusal } from "../support/meta-account.ts";
import {
  approveDialog,
  askMetaCode,
  getGraph,
  requestDialog,
  requestFacebookToken,
  shortFacebookToken,
  VERSION,
} from "../support/meta-sign-in.ts";
import { challengeOf, type Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const DAY_S = 24 * 3600;

function redeem(code: string, changes: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return requestFacebookToken(sandbox, { code, redirect_uri: sandbox.redirectUri, ...changes }, method);
}

Deno.test("a person approves on the Facebook page, scope by scope", async () => {
  const shown = await requestDialog(sandbox, "facebook");
  const text = await shown.text();
  assert.match(text, /Upload media and create posts for the Instagram account/);
  const form = new URLSearchParams({ decision: "accept", account: "ann" });
  for (const [, name, value] of text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    form.append(name!, value!.replaceAll("&amp;", "&"));
  }
  for (const scope of ["pages_show_list", "instagram_basic"]) form.append("scope", scope);
  const url = `${sandbox.urls.META_DIALOG_URL}/${VERSION}/dialog/oauth`;
  const back = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  const query = new URL(back.headers.get("location")!).searchParams;
  assert.equal(query.get("state"), "some-state");
  const { access_token } = await (await redeem(query.get("code")!)).json();
  const { data } = await getGraph(sandbox, "/me/permissions", access_token);
  assert.deepEqual(data, [
    { permission: "pages_show_list", status: "granted" },
    { permission: "pages_read_engagement", status: "declined" },
    { permission: "instagram_basic", status: "granted" },
    { permission: "instagram_content_publish", status: "declined" },
    { permission: "public_profile", status: "granted" },
  ]);
  form.set("decision", "cancel");
  const refused = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  const reasons = new URL(refused.headers.get("location")!).searchParams;
  assert.deepEqual(["error", "error_reason", "code"].map((name) => reasons.get(name)), [
    "access_denied",
    "user_denied",
    null,
  ]);
});

Deno.test("the Facebook dialog refuses what the app is not registered for", async () => {
  const wrong: Record<string, string>[] = [
    { client_id: "other" },
    { client_id: "" },
    { redirect_uri: sandbox.redirectUri + "/" },
    { redirect_uri: "" },
    { response_type: "token" },
    { scope: "pages_show_list,write_everything" },
    { auth_type: "whatever" },
    { code_challenge: "short" },
    { sandbox_account: "no such name!" },
  ];
  for (const changes of wrong) {
    const response = await requestDialog(sandbox, "facebook", { sandbox_account: "ann", ...changes });
    await response.body?.cancel();
    assert.deepEqual(
      [response.status, response.headers.get("location")],
      [400, null],
      JSON.stringify(changes),
    );
  }
});

Deno.test("declined scopes are asked for again only with auth_type=rerequest", async () => {
  const answerOf = async (name: string, changes: Record<string, string>) => {
    const token = await shortFacebookToken(sandbox, name, changes);
    const { data } = await getGraph(sandbox, "/me/permissions?permission=instagram_content_publish", token);
    return data[0]?.status;
  };
  assert.equal(await answerOf("ann+declined", {}), "declined");
  assert.equal(await answerOf("ann+declined", {}), "declined");
  assert.equal(await answerOf("ben", { scope: "pages_show_list" }), undefined);
  assert.equal(await answerOf("ben", {}), "granted");
  const token = await shortFacebookToken(sandbox, "ben");
  const path = `/me/permissions/instagram_content_publish?access_token=${token}`;
  const taken = await fetch(`${sandbox.urls.META_GRAPH_URL}${path}`, { method: "DELETE" });
  assert.deepEqual(await taken.json(), { success: true });
  assert.equal(await answerOf("ben", {}), "declined");
  assert.equal(await answerOf("ben", { auth_type: "rerequest" }), "granted");
});

Deno.test("a code is good once, in time and for its redirect address", async () => {
  const code = await askMetaCode(sandbox, "facebook", "ann");
  const elsewhere = redeem(code, { redirect_uri: "http://localhost:9/other" });
  assert.deepEqual(await graphRefusal(elsewhere), [400, 100, 36008]);
  const first: Json = await (await redeem(code, {}, "POST")).json();
  assert.deepEqual([first.token_type, typeof first.expires_in], ["bearer", "number"]);
  assert.ok(first.expires_in < DAY_S);
  assert.deepEqual(await graphRefusal(redeem(code)), [400, 100, 36009]);
  await sandbox.settings({ service: "meta", code_lifetime_s: 0 });
  const late = await askMetaCode(sandbox, "facebook", "ann");
  assert.deepEqual(await graphRefusal(redeem(late)), [400, 100, 36007]);
  assert.deepEqual(await graphRefusal(redeem("nonsense")), [400, 100, null]);
  const foreign = await askMetaCode(sandbox, "instagram", "ann");
  assert.deepEqual(await graphRefusal(redeem(foreign)), [400, 100, null]);
});

Deno.test("the Facebook token endpoint proves the app and the request", async () => {
  const wrong: [Record<string, string>, number][] = [
    [{ client_id: "" }, 101],
    [{ client_id: "other" }, 101],
    [{ client_secret: "" }, 1],
    [{ client_secret: "guess" }, 1],
    [{ redirect_uri: "" }, 191],
    [{ code: "" }, 1],
    [{ grant_type: "password" }, 100],
    [{ grant_type: "fb_exchange_token" }, 100],
    [{ surprise: "1" }, 100],
  ];
  for (const [changes, expected] of wrong) {
    const [status, code] = await graphRefusal(redeem("x", changes));
    assert.deepEqual([status, code], [400, expected], JSON.stringify(changes));
  }
});

Deno.test("a PKCE challenge is kept", async () => {
  const verifier = "v".repeat(43);
  const code = await askMetaCode(sandbox, "facebook", "ann", await challengeOf(verifier));
  assert.deepEqual(await graphRefusal(redeem(code)), [400, 100, null]);
  assert.deepEqual(await graphRefusal(redeem(code, { code_verifier: "w".repeat(43) })), [400, 100, null]);
  assert.equal((await redeem(code, { code_verifier: verifier })).status, 200);
});

Deno.test("only living versions of the dialog and the graph answer", async () => {
  const back = await approveDialog(sandbox, "facebook", "ann");
  assert.ok(back.searchParams.get("code"));
  for (const [version, code] of [["v20.0", 2635], ["v99.0", 2500], ["v26", 2500], ["v26.1", 2500]] as const) {
    const dialog = requestDialog(sandbox, "facebook", { sandbox_account: "ann" }, version);
    assert.deepEqual(await graphRefusal(dialog), [400, code, null], version);
    const me = fetch(`${sandbox.urls.META_GRAPH_URL}/${version}/me?access_token=x`);
    assert.deepEqual(await graphRefusal(me), [400, code, null], version);
  }
});
