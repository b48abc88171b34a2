import assert from "node:assert/strict";
import {
  FACEBOOK_SCOPES,
  getGraph,
  longFacebookToken,
  shortFacebookToken,
  VERSION,
} from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

Deno.test("Pages come with lasting tokens of their own and are paged through", async () => {
  const token = await longFacebookToken(sandbox, "ann+pages");
  const fields = "id,name,access_token,tasks";
  const names: string[] = [];
  let next: string | undefined =
    `${sandbox.urls.META_GRAPH_URL}/${VERSION}/me/accounts?fields=${fields}&limit=1&access_token=${token}`;
  while (next !== undefined) {
    const page: Json = await (await fetch(next)).json();
    assert.equal(page.data.length, 1);
    names.push(page.data[0].name);
    assert.ok(page.data[0].tasks.includes("CREATE_CONTENT"));
    assert.notEqual(page.data[0].access_token, token);
    next = page.paging.next;
  }
  assert.deepEqual(names, ["Ann Finds", "Ann Diary", "Ann Shop"]);
  const usual = await getGraph(sandbox, "/me/accounts", token);
  const keys = ["access_token", "category", "category_list", "id", "name", "tasks"];
  assert.deepEqual(Object.keys(usual.data[0]).sort(), keys);
  const own = await getGraph(sandbox, "/me?fields=id,name", usual.data[2].access_token);
  assert.deepEqual([own.id, own.name], [usual.data[2].id, "Ann Shop"]);
});

Deno.test("a Page of a short-lived token shares its end", async () => {
  await sandbox.settings({ service: "meta", token_lifetime_s: 3 });
  const short = await shortFacebookToken(sandbox, "ann");
  const [page] = (await getGraph(sandbox, "/me/accounts", short)).data;
  const app = `${sandbox.clientId}|${sandbox.clientSecret}`;
  const known = await getGraph(sandbox, `/debug_token?input_token=${page.access_token}`, app);
  assert.ok(known.data.expires_at > 0);
  assert.ok(known.data.expires_at < Date.now() / 1000 + 10);
});

Deno.test("an Instagram account hangs on its Page", async () => {
  const token = await longFacebookToken(sandbox, "ann+pages");
  const { data } = await getGraph(sandbox, "/me/accounts?fields=id", token);
  const linked = await Promise.all(
    data.map((page: Json) =>
      getGraph(sandbox, `/${page.id}?fields=instagram_business_account{id,username}`, token)
    ),
  );
  assert.equal(linked[0].instagram_business_account.username, "ann_pages");
  assert.match(linked[0].instagram_business_account.id, /^1784\d{13}$/);
  assert.equal(linked[1].instagram_business_account, undefined);
  assert.equal(linked[2].instagram_business_account.username, "ann_pages.shop");
  const nested = await getGraph(
    sandbox,
    "/me/accounts?fields=name,instagram_business_account{username}",
    token,
  );
  assert.equal(nested.data[0].instagram_business_account.username, "ann_pages");
});

Deno.test("accounts without a Page, without a professional account or in a portfolio show nothing", async () => {
  const empty = await longFacebookToken(sandbox, "ann+empty");
  assert.deepEqual(await getGraph(sandbox, "/me/accounts", empty), { data: [] });
  const personal = await longFacebookToken(sandbox, "ann+personal");
  const [page] = (await getGraph(sandbox, "/me/accounts?fields=id", personal)).data;
  const described = await getGraph(sandbox, `/${page.id}?fields=instagram_business_account`, personal);
  assert.deepEqual(described, { id: page.id });
  const portfolio = await longFacebookToken(sandbox, "ann+portfolio");
  assert.deepEqual(await getGraph(sandbox, "/me/accounts", portfolio), { data: [] });
  const scope = [...FACEBOOK_SCOPES, "business_management"].join(",");
  const managed = await longFacebookToken(sandbox, "ann+portfolio", { scope });
  assert.equal((await getGraph(sandbox, "/me/accounts", managed)).data.length, 1);
  const blind = await longFacebookToken(sandbox, "ben", { scope: "instagram_basic" });
  assert.deepEqual(await getGraph(sandbox, "/me/accounts", blind), { data: [] });
});
