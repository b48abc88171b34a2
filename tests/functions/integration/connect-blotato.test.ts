import assert from "node:assert/strict";
import { join } from "node:path";
import { callWithKey, connectBlotato, openBlotatoWorld } from "../support/blotato.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { PORTS } from "../support/ports.ts";
import { listAccounts } from "../support/publish.ts";

const world = await openBlotatoWorld(PORTS.connectBlotato);
const { env, sql, control } = world;
const TEN_MINUTES_MS = 10 * 60_000;

Deno.test.afterAll(() => world.close());

async function countPending(userId: string): Promise<number> {
  const [row] = await sql`select count(*)::int as count from private.oauth_states where user_id = ${userId}`;
  return row!.count;
}

Deno.test("Blotato key: offers its TikTok accounts and connects the chosen one", async (t) => {
  const owner = await createAccount(env);
  const name = `keys-${crypto.randomUUID()}+two`;
  const apiKey = `blotato-${name}`;
  let offered: { id: string; name: string; handle: string }[] = [];

  await t.step("blanks around the key are nobody's", async () => {
    const { status, body } = await callWithKey(env, owner, { api_key: `  ${apiKey}\n` });
    assert.equal(status, 200, JSON.stringify(body));
    offered = body.accounts as typeof offered;
    assert.deepEqual(offered.map((each) => Object.keys(each)), Array(2).fill(["id", "name", "handle"]));
    const keptMs = Date.parse(String(body.expires_at)) - Date.now();
    assert.ok(keptMs > TEN_MINUTES_MS - 60_000 && keptMs <= TEN_MINUTES_MS, `kept for ${keptMs} ms`);
    assert.deepEqual(await listAccounts(env, owner), []);
  });

  await t.step("an account that is none of them leaves the key where it is", async () => {
    const { status, body } = await callWithKey(env, owner, { account_id: "12" });
    assert.deepEqual([status, body.code], [422, "account_not_offered"]);
  });

  await t.step("nobody else can go on with it", async () => {
    const stranger = await createAccount(env);
    const { status, body } = await callWithKey(env, stranger, { account_id: offered[1]!.id });
    assert.deepEqual([status, body.code], [422, "api_key_required"]);
  });

  await t.step("the second call names the account alone", async () => {
    const { status, body } = await callWithKey(env, owner, { account_id: offered[1]!.id });
    assert.equal(status, 200, JSON.stringify(body));
    const { platform, route, account_name, account_handle, expires_at } = body;
    assert.deepEqual([platform, route, body.status, expires_at], ["tiktok", "blotato", "connected", null]);
    assert.deepEqual([account_name, account_handle], [offered[1]!.name, offered[1]!.handle]);
    assert.deepEqual(await listAccounts(env, owner), [body]);
  });

  await t.step("the kept key was good for one account", async () => {
    assert.equal(await countPending(owner.id), 0);
    const { status, body } = await callWithKey(env, owner, { account_id: offered[0]!.id });
    assert.deepEqual([status, body.code], [422, "api_key_required"]);
  });

  await t.step("key and account in one call work as well", async () => {
    const { status } = await callWithKey(env, owner, { api_key: apiKey, account_id: offered[0]!.id });
    assert.equal(status, 200);
    assert.equal((await listAccounts(env, owner)).length, 2);
    assert.equal(await countPending(owner.id), 0);
  });

  await t.step("a new key takes the place of the old one for every account it serves", async () => {
    const keysOf = async () => {
      const rows =
        await sql`select access_token from private.oauth_tokens where user_id = ${owner.id} order by 1`;
      return rows.map(({ access_token }) => access_token);
    };
    const before = await keysOf();
    await sql`update public.oauth_connections set status = 'expired' where user_id = ${owner.id}`;
    const body = { api_key: `${apiKey}:2`, account_id: offered[0]!.id };
    const answer = await callWithKey(env, owner, body);
    assert.equal(answer.body.account_handle, offered[0]!.handle);
    assert.deepEqual((await listAccounts(env, owner)).map(({ status }) => status), [
      "connected",
      "connected",
    ]);
    assert.equal((await keysOf()).some((key) => before.includes(key)), false);
  });

  await t.step("disconnecting forgets the key", async () => {
    const [first] = await listAccounts(env, owner);
    const { status } = await callFunction(env, owner, "DELETE", `publish/connections/${first!.id}`);
    assert.equal(status, 204);
    const tokens = await sql`select from private.oauth_tokens where connection_id = ${first!.id}`;
    assert.equal(tokens.length, 0);
  });
});

Deno.test("Blotato key: one that does not do is said so, and nothing is kept", async (t) => {
  const owner = await createAccount(env);
  const padded = `blotato-pad-${owner.id}+padded`;
  const cases = [
    { title: "a key of nobody", api_key: "wrong-key-of-nobody", code: "api_key_refused" },
    { title: "a plan without the API", api_key: `blotato-t-${owner.id}+trial`, code: "api_plan_missing" },
    { title: "no TikTok account", api_key: `blotato-e-${owner.id}+empty`, code: "no_tiktok_account" },
    { title: "a key whose = was cut off", api_key: padded, code: "api_key_refused" },
  ];
  for (const { title, api_key, code } of cases) {
    await t.step(title, async () => {
      const { status, body } = await callWithKey(env, owner, { api_key });
      assert.deepEqual([status, body.code], [422, code]);
      assert.match(String(body.message), /Blotato/);
      assert.equal(await countPending(owner.id), 0);
    });
  }

  await t.step("= at its end belongs to it", async () => {
    const { status } = await callWithKey(env, owner, { api_key: `${padded}== ` });
    assert.equal(status, 200);
  });

  await t.step("what is no key at all is refused here", async () => {
    for (const body of [{}, { api_key: "two words" }, { api_key: "" }, { account_id: "" }, { key: "x" }]) {
      assert.equal((await callWithKey(env, owner, body)).status, 400, JSON.stringify(body));
    }
  });
});

Deno.test("Blotato key: the kept one ends after ten minutes", async () => {
  const owner = await createAccount(env);
  const { body } = await callWithKey(env, owner, { api_key: `blotato-late-${owner.id}` });
  await sql`update private.oauth_states set expires_at = now() - interval '1 second' where user_id = ${owner.id}`;
  const [first] = body.accounts as { id: string }[];
  const late = await callWithKey(env, owner, { account_id: first!.id });
  assert.deepEqual([late.status, late.body.code], [422, "api_key_required"]);
});

Deno.test("Blotato key: an outage in between does not cost it", async () => {
  const owner = await createAccount(env);
  const { body } = await callWithKey(env, owner, { api_key: `blotato-out-${owner.id}` });
  const [first] = body.accounts as { id: string }[];
  await control.fault({ service: "blotato", path: "/v2/users/me*", kind: "status", value: 503, times: 6 });
  const during = await callWithKey(env, owner, { account_id: first!.id });
  assert.deepEqual([during.status, during.body.code], [502, "provider_failed"]);
  assert.match(String(during.body.message), /^Blotato/);
  await control.clearFaults();
  assert.equal((await callWithKey(env, owner, { account_id: first!.id })).status, 200);
});

Deno.test("Blotato key: is in no answer, no log and no export, and encrypted in the database", async () => {
  const owner = await createAccount(env);
  const secret = `hidden-${crypto.randomUUID()}`;
  const apiKey = `blotato-${secret}`;
  const pending = await callWithKey(env, owner, { api_key: apiKey });
  const stored = async () =>
    JSON.stringify([
      await sql`select * from private.oauth_states`,
      await sql`select * from private.oauth_tokens`,
      await sql`select * from public.oauth_connections where user_id = ${owner.id}`,
    ]);
  const before = await stored();
  const connection = await connectBlotato(env, owner, apiKey);
  const exported = await callFunction(env, owner, "POST", "account/export");
  const answers = JSON.stringify([pending.body, connection, await listAccounts(env, owner), exported.body]);
  assert.equal(exported.status, 200);
  for (const text of [before, await stored()]) assert.ok(!text.includes(apiKey));
  assert.ok(!answers.includes(apiKey));
  assert.ok(!(await readLogs()).includes(apiKey));
});

/** Everything the stack's processes have written. */
async function readLogs(): Promise<string> {
  const folder = join(world.dataDir, "logs");
  const texts: string[] = [];
  for await (const { name } of Deno.readDir(folder)) texts.push(await Deno.readTextFile(join(folder, name)));
  assert.ok(texts.join("").includes("tiktok/blotato"), "the logs are somewhere else");
  return texts.join("");
}
