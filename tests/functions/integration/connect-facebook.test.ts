import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform, consentTo, finishPublish, listAccounts } from "../support/publish.ts";
import { createControl } from "../support/sandbox.ts";

const { env, stop } = await startStack({ basePort: PORTS.connectFacebook });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

/** How a sign-in that connects nothing ends. */
async function refusalOf(sandboxAccount: string) {
  const owner = await createAccount(env);
  const fragment = await consentTo(env, owner, "facebook", sandboxAccount);
  const { status, body } = await finishPublish(env, owner, "facebook", fragment);
  assert.deepEqual(await listAccounts(env, owner), []);
  return [status, body.code, String(body.message)] as const;
}

const disconnect = (owner: TestAccount, id: string) =>
  callFunction(env, owner, "DELETE", `publish/connections/${id}`);

/** How often the app was removed at Facebook by us. */
async function countRemovals(): Promise<number> {
  const calls = await control.requests();
  return calls.filter(({ method, route }) => method === "DELETE" && /permissions/.test(route))
    .reduce((sum, { count }) => sum + count, 0);
}

Deno.test("Facebook Pages: a Page is connected with a token of its own", async () => {
  const owner = await createAccount(env);
  const page = await connectPlatform(env, owner, "facebook", "anna");
  assert.deepEqual([page.platform, page.status, page.account_name], ["facebook", "connected", "Anna Finds"]);
  const [row] = await sql`
    select account.route, account.account_picture_url, account.scopes, token.account_token, token.grant_key,
      token.expires_at > now() + interval '50 days' as is_long
    from public.oauth_connections as account join private.oauth_tokens as token on token.connection_id = account.id
    where account.id = ${page.id}`;
  assert.deepEqual([row!.route, row!.is_long], ["facebook_login", true]);
  assert.match(row!.account_picture_url, /^http/);
  assert.match(row!.grant_key, /^facebook:\d+$/);
  assert.ok(row!.account_token);
  assert.ok(row!.scopes.includes("pages_manage_posts"));
});

Deno.test("Facebook Pages: every Page the person shares, portfolios included", async () => {
  const owner = await createAccount(env);
  await connectPlatform(env, owner, "facebook", "ida+pages");
  const names = (await listAccounts(env, owner)).map(({ account_name }) => account_name);
  assert.deepEqual(names.toSorted(), ["Ida Diary", "Ida Finds", "Ida Shop"]);
  const other = await createAccount(env);
  assert.equal((await connectPlatform(env, other, "facebook", "jan+portfolio")).status, "connected");
});

Deno.test("Facebook Pages: why nothing was connected is said", async () => {
  const none = await refusalOf("kim+empty");
  assert.deepEqual(none.slice(0, 2), [422, "no_page"]);
  assert.match(none[2], /Reels go to Pages/);
  const declined = await refusalOf("kim+declined");
  assert.deepEqual(declined.slice(0, 2), [422, "scopes_declined"]);
  assert.match(declined[2], /Connect Facebook again/);
  const analyst = await refusalOf("kim+analyst");
  assert.deepEqual(analyst.slice(0, 2), [422, "no_page_task"]);
  assert.match(analyst[2], /Ask whoever manages the Page/);
});

Deno.test("Facebook Pages: an Instagram account knows its Page, whichever was connected first", async () => {
  for (const order of [["instagram", "facebook"], ["facebook", "instagram"]]) {
    const owner = await createAccount(env);
    const name = `both-${order[0]}`;
    for (const platform of order) await connectPlatform(env, owner, platform, name);
    const accounts = await listAccounts(env, owner) as unknown as Record<string, string | null>[];
    const page = accounts.find(({ platform }) => platform === "facebook")!;
    const instagram = accounts.find(({ platform }) => platform === "instagram")!;
    assert.equal(instagram.page_connection_id, page.id);
    assert.equal(page.page_connection_id, null);
  }
});

Deno.test("Facebook Pages: disconnecting one leaves the person's Instagram account alone", async () => {
  const owner = await createAccount(env);
  const instagram = await connectPlatform(env, owner, "instagram", "mona");
  const page = await connectPlatform(env, owner, "facebook", "mona");
  const before = await countRemovals();
  assert.equal((await disconnect(owner, page.id)).status, 204);
  const [token] = await sql`select 1 from private.oauth_tokens where connection_id = ${page.id}`;
  assert.equal(token, undefined);
  assert.equal((await connectPlatform(env, owner, "instagram", "mona")).id, instagram.id);
  assert.equal(await countRemovals(), before);

  await disconnect(owner, instagram.id);
  await poll("the app is removed with the last account", async () => await countRemovals() === before + 1);
});

Deno.test("Facebook Pages: tokens are renewed with the Page's own", async () => {
  const owner = await createAccount(env);
  const { id } = await connectPlatform(env, owner, "facebook", "nora");
  const [before] = await sql`
    update private.oauth_tokens
    set expires_at = now() + interval '10 days', issued_at = now() - interval '50 days'
    where connection_id = ${id}
    returning account_token`;
  await sql`select private.call_function('publish/internal/refresh-tokens')`;
  const renewed = await poll("the tokens are renewed", async () => {
    const [row] = await sql`
      select account_token from private.oauth_tokens
      where connection_id = ${id} and expires_at > now() + interval '50 days'`;
    return row;
  });
  assert.ok(renewed.account_token);
  assert.notEqual(renewed.account_token, before!.account_token);
});
