import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { callFunction } from "../support/call-function.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform, listAccounts } from "../support/publish.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.metaCallbacks);
const { env, sql } = world;
const CALLBACKS = `${env.API_URL}/functions/v1/publish/meta`;

Deno.test.afterAll(() => world.close());

/** Meta's message about a person, written `secondsAgo`. */
function sign(personId: string, secondsAgo = 0, secret = env.SANDBOX_CLIENT_SECRET!): string {
  const issued_at = Math.floor(Date.now() / 1000) - secondsAgo;
  const payload = btoa(JSON.stringify({ algorithm: "HMAC-SHA256", issued_at, user_id: personId }))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${createHmac("sha256", secret).update(payload).digest("base64url")}.${payload}`;
}

const send = (path: "deauthorize" | "data-deletion", signed_request: string) =>
  fetch(`${CALLBACKS}/${path}`, { method: "POST", body: new URLSearchParams({ signed_request }) });

/** Somebody with a Page and its Instagram account, both connected by one person; their id at Facebook. */
async function createPageOwner() {
  const creator = await world.createCreator();
  const page = await connectPlatform(env, creator.account, "facebook", creator.name);
  const [row] = await sql`select grant_key from private.oauth_tokens where connection_id = ${page.id}`;
  return { ...creator, pageId: page.id, personId: String(row!.grant_key).split(":")[1]! };
}

/** Removes the app in the pretend Facebook's settings. */
async function removeApp(name: string, signIn: string, wantsDeletion: boolean): Promise<string> {
  const form = new URLSearchParams({ sign_in: signIn, delete_data: String(wantsDeletion) });
  const address = `${env.SANDBOX_URL}/meta/people/${name}/remove-app`;
  return await (await fetch(address, { method: "POST", body: form })).text();
}

const statusesOf = async (owner: Awaited<ReturnType<typeof createPageOwner>>) =>
  Object.fromEntries(
    (await listAccounts(env, owner.account)).map(({ platform, status }) => [platform, status]),
  );

Deno.test("Meta callbacks: what is not signed by Meta does nothing", async () => {
  const owner = await createPageOwner();
  const good = sign(owner.personId);
  const [signature, payload] = good.split(".") as [string, string];
  const other = sign(owner.personId).split(".")[1]!.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const forged = [
    sign(owner.personId, 0, "another secret"),
    sign(owner.personId, -1e13),
    `${signature}.${other}`,
    `.${payload}`,
    signature,
    `${good}.${payload}`,
    `${payload}.${signature}`,
    "x.y",
  ];
  for (const path of ["deauthorize", "data-deletion"] as const) {
    for (const text of forged) {
      const answer = await send(path, text);
      assert.deepEqual([answer.status, (await answer.json()).code], [401, "signed_request_invalid"], text);
    }
    const without = await fetch(`${CALLBACKS}/${path}`, { method: "POST", body: new URLSearchParams() });
    assert.deepEqual([without.status, (await without.json()).code], [400, "invalid_request"]);
  }
  assert.deepEqual(await statusesOf(owner), {
    youtube: "connected",
    instagram: "connected",
    facebook: "connected",
  });
});

Deno.test("Meta callbacks: whoever removes the app disconnects all accounts of that sign-in", async (t) => {
  const owner = await createPageOwner();
  const other = await createPageOwner();
  const soon = await owner.post("Waits", ["facebook", "instagram"], { scheduled_for: inSeconds(500) });
  await owner.waitFor(soon.id, "facebook", "ready");
  await owner.waitFor(soon.id, "instagram", "ready");

  await t.step("by a button of Facebook's settings", async () => {
    assert.match(await removeApp(owner.name, "facebook", false), /deauthorize callback answered 200/);
    assert.deepEqual(await statusesOf(owner), {
      youtube: "connected",
      instagram: "disconnected",
      facebook: "disconnected",
    });
    assert.equal((await statusesOf(other)).facebook, "connected");
    const left = await sql`
      select 1 from private.oauth_tokens as token join public.oauth_connections as account on account.id = token.connection_id
      where account.user_id = ${owner.account.id} and account.platform <> 'youtube'`;
    assert.equal(left.length, 0);
  });

  await t.step("their posts wait, and their user is told", async () => {
    const waiting = await owner.waitFor(soon.id, "facebook", "needs_reauth");
    assert.equal(waiting.error?.code, "post_reauth_required");
    await owner.waitFor(soon.id, "instagram", "needs_reauth");
    const told = await sql`
      select title from public.notifications
      where user_id = ${owner.account.id} and kind = 'publish.account_expired' order by title`;
    assert.deepEqual(told.map(({ title }) => title), ["Reconnect Facebook", "Reconnect Instagram"]);
  });

  await t.step("posts go on once the accounts are connected again", async () => {
    await connectPlatform(env, owner.account, "facebook", owner.name);
    await owner.waitFor(soon.id, "facebook", "ready");
  });

  await t.step("the old message again changes nothing", async () => {
    const answer = await send("deauthorize", sign(owner.personId, 60));
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
    assert.equal((await statusesOf(owner)).facebook, "connected");
  });
});

Deno.test("Meta callbacks: an account of Instagram's own sign-in is found by the id of its app", async () => {
  const creator = await world.createCreator();
  const name = `direct-${creator.account.id}`;
  await connectPlatform(env, creator.account, "instagram", name, { route: "instagram_login" });
  assert.match(await removeApp(name, "instagram", false), /deauthorize callback answered 200/);
  const statuses = (await listAccounts(env, creator.account)).filter(({ platform }) =>
    platform === "instagram"
  )
    .map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), ["connected", "disconnected"]);
});

Deno.test("Meta callbacks: data that is to be deleted is deleted", async (t) => {
  const owner = await createPageOwner();
  const out = await owner.post("Went out", ["facebook"]);
  await owner.waitFor(out.id, "facebook", "published");
  const open = await owner.post("Never goes out", ["facebook"], { scheduled_for: inSeconds(3600) });
  const signed = sign(owner.personId);
  let code = "";

  await t.step("after the app was removed, as Meta does it", async () => {
    const page = await removeApp(owner.name, "facebook", true);
    assert.match(page, /data deletion callback answered 200/);
    code = /confirmation_code&quot;:&quot;([0-9a-f]+)/.exec(page)?.[1] ?? "";
    assert.match(code, /^[0-9a-f]{32}$/);
    assert.match(page, new RegExp(`${env.WEB_URL}/data-deletion/${code}`));
  });

  await t.step("nothing is left of the accounts", async () => {
    assert.deepEqual(Object.keys(await statusesOf(owner)), ["youtube"]);
    const [target] = await sql`
      select status, connection_id, platform_url, platform_post_id from public.publishing_queue
      where published_video_id = ${out.id}`;
    assert.deepEqual({ ...target }, {
      status: "published",
      connection_id: null,
      platform_url: null,
      platform_post_id: "deleted",
    });
    const { body } = await owner.call("GET", `posts/${open.id}`);
    assert.equal(body.overall_status, "canceled");
    const rows = await sql`
      select 1 from private.meta_grants where user_id = ${owner.account.id} and grant_key like 'facebook:%'`;
    assert.equal(rows.length, 0);
  });

  await t.step("the same request again has the same code", async () => {
    const answer = await (await send("data-deletion", signed)).json();
    assert.equal(answer.confirmation_code, code);
    assert.equal((await sql`select 1 from private.data_deletions where code = ${code}`).length, 1);
  });

  await t.step("whoever has the code reads that it is done", async () => {
    const known = await (await fetch(`${CALLBACKS}/data-deletion/${code}`)).json();
    assert.deepEqual([known.confirmation_code, known.status], [code, "completed"]);
    const unknown = await fetch(`${CALLBACKS}/data-deletion/${"0".repeat(32)}`);
    assert.deepEqual([unknown.status, (await unknown.json()).code], [404, "deletion_not_found"]);
  });

  await t.step("a user may not end or delete anything by the database's functions", async () => {
    for (const name of ["end_meta_grants", "delete_meta_data"]) {
      const { status } = await callFunction(env, owner.account, "POST", `publish/${name}`, { body: {} });
      assert.equal(status, 404);
      const direct = await owner.account.client.rpc(name, {
        p_sign_ins: ["facebook"],
        p_person_id: owner.personId,
        p_issued_at: new Date().toISOString(),
      });
      assert.ok(["42501", "PGRST202"].includes(direct.error!.code), JSON.stringify(direct.error));
    }
  });
});
