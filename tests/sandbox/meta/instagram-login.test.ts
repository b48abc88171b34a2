import assert from "node:assert/strict";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import {
  approveDialog,
  askMetaCode,
  redeemInstagramCode,
  requestDialog,
  requestInstagramToken,
} from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

/** Calls graph.instagram.com with parameters only. */
function callGraph(path: string, query: Record<string, string>): Promise<Response> {
  return fetch(`${sandbox.urls.INSTAGRAM_GRAPH_URL}${path}?${new URLSearchParams(query)}`);
}

function exchange(token: string, secret = sandbox.clientSecret): Promise<Response> {
  return callGraph("/access_token", {
    grant_type: "ig_exchange_token",
    client_secret: secret,
    access_token: token,
  });
}

function refresh(token: string): Promise<Response> {
  return callGraph("/refresh_access_token", { grant_type: "ig_refresh_token", access_token: token });
}

async function shortToken(name: string, changes: Record<string, string> = {}): Promise<string> {
  return (await redeemInstagramCode(sandbox, name, changes)).data[0].access_token;
}

async function longToken(name: string, changes: Record<string, string> = {}): Promise<string> {
  return (await (await exchange(await shortToken(name, changes))).json()).access_token;
}

async function flatRefusal(answer: Promise<Response>) {
  const response = await answer;
  const { error_type, code, error_message, error }: Json = await response.json();
  assert.equal(error, undefined, "there is no envelope");
  assert.equal(typeof error_message, "string");
  return [response.status, error_type, code];
}

Deno.test("Instagram's redirect carries the code, the state and #_", async () => {
  const back = await approveDialog(sandbox, "instagram", "ann", {
    enable_fb_login: "0",
    force_reauth: "true",
  });
  assert.equal(back.hash, "#_");
  assert.equal(back.searchParams.get("state"), "some-state");
  const page = await (await requestDialog(sandbox, "instagram")).text();
  assert.match(page, /Access and publish content/);
  const wrong: Record<string, string>[] = [
    { client_id: "other" },
    { redirect_uri: "http://localhost:9/elsewhere" },
    { response_type: "token" },
    { scope: "instagram_business_content_publish" },
    { scope: "business_basic" },
    { scope: "instagram_business_basic,instagram_basic" },
  ];
  for (const changes of wrong) {
    const response = await requestDialog(sandbox, "instagram", { sandbox_account: "ann", ...changes });
    await response.body?.cancel();
    assert.equal(response.status, 400, JSON.stringify(changes));
  }
});

Deno.test("the code exchange answers in both known shapes", async () => {
  const listed = await redeemInstagramCode(sandbox, "ann");
  const [entry] = listed.data;
  assert.equal(entry.permissions, "instagram_business_basic,instagram_business_content_publish");
  assert.match(entry.user_id, /^17841\d{12}$|^1784\d{13}$/);
  assert.ok(BigInt(entry.user_id) > BigInt(Number.MAX_SAFE_INTEGER));
  await sandbox.settings({ service: "instagram", answer_shape: "flat" });
  const flat = await redeemInstagramCode(sandbox, "ann+declined");
  assert.deepEqual(flat.permissions, ["instagram_business_basic"]);
  assert.equal(typeof flat.access_token, "string");
});

Deno.test("the code exchange refuses with flat bodies", async () => {
  const code = await askMetaCode(sandbox, "instagram", "ann");
  const wrong: Record<string, string>[] = [
    { client_id: "" },
    { client_id: "other" },
    { client_secret: "guess" },
    { grant_type: "refresh_token" },
    { redirect_uri: "http://localhost:9/other" },
    { code: "nonsense" },
    { code: await askMetaCode(sandbox, "facebook", "ann") },
  ];
  for (const changes of wrong) {
    const refusal = await flatRefusal(requestInstagramToken(sandbox, { code, ...changes }));
    assert.deepEqual(refusal, [400, "OAuthException", 400], JSON.stringify(changes));
  }
  const good = await requestInstagramToken(sandbox, { code });
  assert.equal(good.status, 200);
  await good.body?.cancel();
  assert.equal((await flatRefusal(requestInstagramToken(sandbox, { code })))[0], 400);
  await sandbox.settings({ service: "instagram", code_lifetime_s: 0 });
  const late = await askMetaCode(sandbox, "instagram", "ann");
  assert.equal((await flatRefusal(requestInstagramToken(sandbox, { code: late })))[0], 400);
  const json = fetch(`${sandbox.urls.INSTAGRAM_API_URL}/oauth/access_token`, { method: "POST", body: "{}" });
  assert.equal((await flatRefusal(json))[0], 400);
  assert.equal((await flatRefusal(fetch(`${sandbox.urls.INSTAGRAM_API_URL}/nowhere`)))[0], 404);
});

Deno.test("a short token becomes a long one exactly once", async () => {
  const short = await shortToken("ann");
  const long: Json = await (await exchange(short)).json();
  assert.deepEqual([long.token_type, long.expires_in], ["bearer", 5_183_944]);
  assert.deepEqual(await graphRefusal(exchange(long.access_token)), [400, 100, null]);
  assert.deepEqual(await graphRefusal(exchange(short, "guess")), [400, 1, null]);
  assert.deepEqual(await graphRefusal(exchange("nonsense")), [400, 190, null]);
  const query = { client_secret: sandbox.clientSecret, access_token: short };
  assert.deepEqual(await graphRefusal(callGraph("/access_token", query)), [400, 100, null]);
});

Deno.test("a long token is refreshed after a day, never when expired", async () => {
  const long = await longToken("ann");
  assert.deepEqual(await graphRefusal(refresh(long)), [400, 100, null]);
  assert.deepEqual(await graphRefusal(refresh(await shortToken("ann"))), [400, 100, null]);
  await sandbox.settings({ service: "instagram", token_min_age_s: 0 });
  const next: Json = await (await refresh(long)).json();
  assert.deepEqual([next.token_type, next.expires_in], ["bearer", 5_183_944]);
  await sandbox.settings({ service: "instagram", token_lifetime_s: 1 });
  const brief = await longToken("ben");
  await sandbox.settings({ service: "instagram", token_lifetime_s: 0 });
  const dead: Json = await (await refresh(brief)).json();
  assert.deepEqual(await graphRefusal(refresh(dead.access_token)), [400, 190, 463]);
});

Deno.test("/me tells the publishing id, the app-scoped id and the kind of account", async () => {
  const me = async (name: string) => {
    const ann = await MetaAccount.connect(sandbox, name, "instagram");
    const fields = "user_id,username,account_type,name,profile_picture_url";
    return { ann, answer: await ann.graphJson("GET", `/me?fields=${fields}`) };
  };
  const { ann, answer } = await me("ann");
  assert.deepEqual([answer.user_id, answer.username, answer.account_type], [ann.id, "ann", "BUSINESS"]);
  assert.notEqual(answer.id, ann.id);
  const picture = await fetch(answer.profile_picture_url);
  assert.equal(picture.headers.get("content-type"), "image/png");
  await picture.body?.cancel();
  assert.equal((await me("eve+personal")).answer.account_type, "PERSONAL");
  assert.equal((await me("kim+creator")).answer.account_type, "MEDIA_CREATOR");
  await sandbox.settings({ service: "instagram", answer_shape: "data" });
  assert.equal((await me("ann")).answer.data[0].user_id, ann.id);
});

Deno.test("both sign-ins reach the same Instagram account under the same id", async () => {
  const direct = await MetaAccount.connect(sandbox, "ann", "instagram");
  const throughPage = await MetaAccount.connect(sandbox, "ann", "facebook");
  assert.equal(direct.id, throughPage.id);
  const swapped = new MetaAccount(sandbox, "facebook", direct.token, direct.id);
  assert.deepEqual(await graphRefusal(swapped.graph("GET", "/me")), [400, 190, null]);
  const other = new MetaAccount(sandbox, "instagram", throughPage.token, direct.id);
  assert.deepEqual(await graphRefusal(other.graph("GET", "/me")), [400, 190, null]);
});
