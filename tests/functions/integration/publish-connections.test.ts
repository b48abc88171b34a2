import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { PORTS } from "../support/ports.ts";
import { poll } from "../support/poll.ts";
import { connectPlatform, consentTo, finishPublish, listAccounts } from "../support/publish.ts";
import { createControl } from "../support/sandbox.ts";

const { env, stop } = await startStack({ basePort: PORTS.publishConnections });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Publishing accounts: connecting YouTube", async (t) => {
  const owner = await createAccount(env);
  const stranger = await createAccount(env);
  const fragment = await consentTo(env, owner, "youtube", "anna");

  await t.step("a stranger's finish attaches nothing", async () => {
    const { status, body } = await finishPublish(env, stranger, "youtube", fragment);
    assert.deepEqual([status, body.code], [403, "oauth_state_foreign"]);
    assert.deepEqual(await listAccounts(env, stranger), []);
  });

  await t.step("and does not burn the state", async () => {
    const { status, body } = await finishPublish(env, owner, "youtube", fragment);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.platform, body.status, body.account_name], ["youtube", "connected", "Anna"]);
    assert.equal(body.account_handle, "@anna");
    assert.match(String(body.account_picture_url), /^http/);
    assert.ok(new Date(String(body.expires_at)) > new Date());
    assert.deepEqual(await listAccounts(env, owner), [body]);
  });

  await t.step("works once", async () => {
    const { status, body } = await finishPublish(env, owner, "youtube", fragment);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("twice at once connects once", async () => {
    const double = await consentTo(env, owner, "youtube", "anna");
    const answers = await Promise.all([1, 2].map(() => finishPublish(env, owner, "youtube", double)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
  });

  await t.step("a state of one platform is none of another", async () => {
    const other = await consentTo(env, owner, "youtube", "anna");
    const { status, body } = await finishPublish(env, owner, "instagram", other);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("ends after ten minutes", async () => {
    const late = await consentTo(env, owner, "youtube", "anna");
    await sql`update private.oauth_states set expires_at = now() - interval '1 second' where user_id = ${owner.id}`;
    const { status, body } = await finishPublish(env, owner, "youtube", late);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("again keeps the account's id", async () => {
    const [before] = await listAccounts(env, owner);
    const again = await connectPlatform(env, owner, "youtube", "anna");
    assert.equal(again.id, before!.id);
    assert.equal((await listAccounts(env, owner)).length, 1);
  });
});

Deno.test("Publishing accounts: connecting Instagram", async (t) => {
  await t.step("through a Facebook Page", async () => {
    const owner = await createAccount(env);
    const body = await connectPlatform(env, owner, "instagram", "hans");
    assert.deepEqual([body.platform, body.status], ["instagram", "connected"]);
    const [row] = await sql`
      select c.route, t.account_token, t.expires_at > now() + interval '50 days' as is_long
      from public.oauth_connections c join private.oauth_tokens t on t.connection_id = c.id where c.id = ${body.id}`;
    assert.deepEqual([row!.route, row!.is_long], ["facebook_login", true]);
    assert.ok(row!.account_token);
  });

  await t.step("every account the person shares", async () => {
    const owner = await createAccount(env);
    await connectPlatform(env, owner, "instagram", "ida+pages");
    assert.equal((await listAccounts(env, owner)).length, 2);
  });

  await t.step("of a Page in a Business portfolio", async () => {
    const owner = await createAccount(env);
    assert.equal((await connectPlatform(env, owner, "instagram", "jan+portfolio")).status, "connected");
  });

  await t.step("with Instagram's own sign-in", async () => {
    const owner = await createAccount(env);
    const route = { route: "instagram_login" };
    const body = await connectPlatform(env, owner, "instagram", "kim+creator", route);
    assert.equal(body.status, "connected");
    const [row] = await sql`
      select route, token_expires_at > now() + interval '50 days' as is_long
      from public.oauth_connections where id = ${body.id}`;
    assert.deepEqual([row!.route, row!.is_long], ["instagram_login", true]);
  });

  await t.step("in whatever shape Instagram answers", async () => {
    const owner = await createAccount(env);
    for (const shape of ["flat", "data"]) {
      await control.set({ service: "instagram", answer_shape: shape });
      await connectPlatform(env, owner, "instagram", "lea", { route: "instagram_login" });
    }
    await control.set({ service: "instagram", answer_shape: null });
    assert.equal((await listAccounts(env, owner)).length, 1);
  });
});

Deno.test("Publishing accounts: what is stored", async (t) => {
  const owner = await createAccount(env);
  const { id } = await connectPlatform(env, owner, "youtube");

  await t.step("tokens are encrypted", async () => {
    const [row] = await sql`select * from private.oauth_tokens where connection_id = ${id}`;
    assert.ok(row!.access_token && row!.refresh_token && row!.key_id);
    assert.doesNotMatch(atob(row!.access_token), /ya29/);
    assert.doesNotMatch(atob(row!.refresh_token), /^1\/\//);
  });

  await t.step("its user reads the account and changes nothing", async () => {
    const read = await owner.client.from("oauth_connections").select("id, status");
    assert.deepEqual(read.data, [{ id, status: "connected" }]);
    const write = await owner.client.from("oauth_connections").update({ status: "error" }).eq("id", id);
    assert.equal(write.error?.code, "42501");
  });

  await t.step("nobody else sees or disconnects it", async () => {
    const stranger = await createAccount(env);
    assert.deepEqual((await stranger.client.from("oauth_connections").select("*")).data, []);
    const answer = await callFunction(
      env,
      stranger,
      "DELETE",
      `publish/connections/${id}`,
    );
    assert.deepEqual([answer.status, answer.body.code], [404, "connection_not_found"]);
    assert.equal((await listAccounts(env, owner))[0]!.status, "connected");
  });

  await t.step("the functions over tokens are closed to users", async () => {
    const call = { p_user_id: owner.id, p_connection_id: id };
    for (const name of ["get_oauth_access", "disconnect_oauth"]) {
      assert.equal((await owner.client.rpc(name, call)).error?.code, "42501", name);
    }
  });
});

Deno.test("Publishing accounts: disconnecting", async (t) => {
  const isRevoked = (service: string, method: string, route: RegExp) =>
    poll(`${service} to be told`, async () => {
      const calls = await control.requests();
      return calls.some((call) => call.method === method && route.test(call.route) && call.status === 200);
    });

  await t.step("deletes the tokens and takes the permission back", async () => {
    const owner = await createAccount(env);
    const { id } = await connectPlatform(env, owner, "youtube");
    assert.equal(
      (await callFunction(env, owner, "DELETE", `publish/connections/${id}`))
        .status,
      204,
    );
    assert.equal(
      (await sql`select 1 from private.oauth_tokens where connection_id = ${id}`)
        .length,
      0,
    );
    assert.equal((await listAccounts(env, owner))[0]!.status, "disconnected");
    assert.ok(await isRevoked("google", "POST", /revoke/));
  });

  await t.step(
    "leaves the permission while another account lives on it",
    async () => {
      const owner = await createAccount(env);
      await connectPlatform(env, owner, "instagram", "mona+pages");
      const [first, second] = await listAccounts(env, owner);
      await callFunction(
        env,
        owner,
        "DELETE",
        `publish/connections/${first!.id}`,
      );
      const calls = await control.requests();
      assert.ok(!calls.some(({ method, route }) => method === "DELETE" && /permissions/.test(route)));
      await callFunction(
        env,
        owner,
        "DELETE",
        `publish/connections/${second!.id}`,
      );
      assert.ok(await isRevoked("meta", "DELETE", /permissions/));
    },
  );

  await t.step("twice is fine, and reconnecting brings it back", async () => {
    const owner = await createAccount(env);
    const { id } = await connectPlatform(env, owner, "youtube", "nils");
    for (let time = 0; time < 2; time++) {
      assert.equal(
        (await callFunction(env, owner, "DELETE", `publish/connections/${id}`))
          .status,
        204,
      );
    }
    assert.equal((await connectPlatform(env, owner, "youtube", "nils")).id, id);
  });
});
