import assert from "node:assert/strict";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import { longFacebookToken, VERSION } from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

Deno.test("tokens are taken from query, form, JSON and Bearer header", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  const url = `${sandbox.urls.META_GRAPH_URL}/${VERSION}/${ann.id}/media`;
  const fields = { media_type: "REELS", upload_type: "resumable" };
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, access_token: ann.token })) form.set(name, value);
  const json = { "content-type": "application/json" };
  const calls: Promise<Response>[] = [
    fetch(`${url}?${new URLSearchParams({ ...fields, access_token: ann.token })}`, { method: "POST" }),
    fetch(url, { method: "POST", body: new URLSearchParams({ ...fields, access_token: ann.token }) }),
    fetch(url, { method: "POST", body: form }),
    fetch(url, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ ...fields, access_token: ann.token }),
    }),
    ann.graph("POST", `/${ann.id}/media`, { ...fields, share_to_feed: false }),
  ];
  for (const call of calls) assert.match((await (await call).json()).id, /^17\d{15}$/);
  const unversioned = await fetch(`${sandbox.urls.META_GRAPH_URL}/me?access_token=${ann.token}`);
  assert.equal((await unversioned.json()).name, "Ann");
});

Deno.test("calls are refused with Meta's codes", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  const ben = await MetaAccount.connect(sandbox, "ben");
  const app = new MetaAccount(sandbox, "facebook", `${sandbox.clientId}|${sandbox.clientSecret}`, "");
  const damaged = () => {
    const url = `${sandbox.urls.META_GRAPH_URL}/${VERSION}/${ann.id}/media?access_token=${ann.token}`;
    return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: "{" });
  };
  const wrong: [what: string, call: () => Promise<Response>, expected: unknown[]][] = [
    ["no token", () => fetch(`${sandbox.urls.META_GRAPH_URL}/${VERSION}/me`), [400, 104, null]],
    ["app token", () => app.graph("GET", "/me"), [400, 2500, null]],
    ["unknown field", () => ann.graph("GET", "/me?fields=id,shoe_size"), [400, 100, null]],
    ["unknown inner field", () => ann.graph("GET", "/me/accounts?fields=picture,nothing"), [400, 100, null]],
    ["bad field syntax", () => ann.graph("GET", "/me?fields=id{"), [400, 2500, null]],
    ["empty field", () => ann.graph("GET", "/me?fields=id,,name"), [400, 2500, null]],
    ["unknown parameter", () => ann.graph("GET", "/me?surprise=1"), [400, 100, null]],
    ["unknown edge", () => ann.graph("GET", "/me/shoes"), [400, 100, null]],
    ["too deep", () => ann.graph("GET", "/me/accounts/more"), [400, 2500, null]],
    ["unknown alias", () => ann.graph("GET", "/nowhere"), [404, 803, null]],
    ["unknown id", () => ann.graph("GET", "/17841400000000000"), [400, 100, 33]],
    ["somebody else", () => ann.graph("GET", `/${ben.id}?fields=username`), [400, 100, 33]],
    ["unknown method", () => ann.graph("DELETE", `/${ann.id}`), [400, 100, null]],
    ["the root", () => ann.graph("GET", "/"), [400, 100, null]],
    ["bad escape", () => ann.graph("GET", "/%E0%A4%A"), [400, 2500, null]],
    ["bad cursor", () => ann.graph("GET", "/me/accounts?after=zzz"), [400, 100, null]],
    ["bad limit", () => ann.graph("GET", "/me/accounts?limit=0"), [400, 100, null]],
    ["damaged JSON", damaged, [400, 100, null]],
    ["a list as JSON", () => ann.graph("POST", `/${ann.id}/media`, []), [400, 100, null]],
  ];
  for (const [what, call, expected] of wrong) assert.deepEqual(await graphRefusal(call()), expected, what);
});

Deno.test("each edge needs its permission", async () => {
  const basic = "instagram_basic,pages_show_list,pages_read_engagement";
  const id = (await MetaAccount.connect(sandbox, "ann")).id;
  const callerWith = async (name: string, scope: string) =>
    new MetaAccount(sandbox, "facebook", await longFacebookToken(sandbox, name, { scope }), id);
  const declined = await MetaAccount.connect(sandbox, "cleo+declined");
  assert.deepEqual(await graphRefusal(declined.requestContainer("http://127.0.0.1:1/x")), [403, 10, null]);
  const direct = await MetaAccount.connect(sandbox, "dan+declined", "instagram");
  assert.deepEqual(await graphRefusal(direct.requestContainer("http://127.0.0.1:1/x")), [403, 10, null]);
  const limit = declined.graph("GET", `/${declined.id}/content_publishing_limit`);
  assert.deepEqual(await graphRefusal(limit), [403, 10, null]);
  assert.deepEqual(await graphRefusal(declined.publish("1")), [403, 10, null]);
  assert.equal(
    (await declined.graphJson("GET", `/${declined.id}?fields=username`)).username,
    "cleo_declined",
  );
  const eve = await callerWith("eve", basic.replace("pages_read_engagement", "email"));
  const [page] = (await eve.graphJson("GET", "/me/accounts?fields=id")).data;
  assert.deepEqual(await graphRefusal(eve.graph("GET", `/${page.id}`)), [403, 10, null]);
});

Deno.test("a personal account is told so by code 10", async () => {
  const direct = await MetaAccount.connect(sandbox, "eve+personal", "instagram");
  const calls = [
    direct.requestContainer("http://127.0.0.1:1/x"),
    direct.publish("1"),
    direct.graph("GET", `/${direct.id}/media`),
    direct.graph("GET", `/${direct.id}/content_publishing_limit`),
  ];
  for (const call of calls) {
    const response = await call;
    const { error }: Json = await response.json();
    assert.deepEqual([response.status, error.code, error.type], [400, 10, "OAuthException"]);
    assert.ok(error.message.startsWith("(#10) The user is not an Instagram Business"));
    assert.equal("error_subcode" in error, false);
  }
});

Deno.test("usage headers appear with traffic, and the hour ends in 80002", async () => {
  const ann = await MetaAccount.connect(sandbox, "ann");
  const quiet = await ann.graph("GET", `/${ann.id}?fields=username`);
  await quiet.body?.cancel();
  assert.equal(quiet.headers.get("x-business-use-case-usage"), null);
  await sandbox.settings({ service: "meta", calls_per_hour: 8 });
  const shares: number[] = [];
  for (let count = 2; count <= 8; count++) {
    const response = await ann.graph("GET", `/${ann.id}?fields=username`);
    await response.body?.cancel();
    const usage: Json = JSON.parse(response.headers.get("x-business-use-case-usage")!);
    assert.equal(usage[ann.id][0].type, "instagram");
    shares.push(usage[ann.id][0].call_count);
  }
  assert.deepEqual(shares, [25, 38, 50, 63, 75, 88, 100]);
  const over = await ann.graph("GET", `/${ann.id}?fields=username`);
  const usage: Json = JSON.parse(over.headers.get("x-business-use-case-usage")!);
  assert.equal(usage[ann.id][0].estimated_time_to_regain_access, 60);
  assert.ok(JSON.parse(over.headers.get("x-app-usage")!).call_count > 100);
  assert.deepEqual(await graphRefusal(over), [400, 80002, null]);
});

Deno.test("unknown paths answer in Meta's envelope on every host", async () => {
  for (const name of ["META_DIALOG_URL", "INSTAGRAM_OAUTH_URL"]) {
    assert.equal((await graphRefusal(fetch(`${sandbox.urls[name]}/no/where`)))[1], 2500, name);
  }
  for (const name of ["META_GRAPH_URL", "INSTAGRAM_GRAPH_URL"]) {
    assert.equal((await graphRefusal(fetch(`${sandbox.urls[name]}/v26.0/no/where`)))[1], 104, name);
  }
});
