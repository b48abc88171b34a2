import assert from "node:assert/strict";
import postgres from "postgres";
import {
  ProviderApiError,
  ProviderAuthError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { refreshDueTokens } from "../../../supabase/functions/publish/services/connections/refresh-due-tokens.ts";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { PORTS } from "../support/ports.ts";
import { poll } from "../support/poll.ts";
import { connectPlatform, listAccounts } from "../support/publish.ts";
import { createStackDeps } from "../support/publish-deps.ts";
import { createControl } from "../support/sandbox.ts";

const stack = await startStack({ basePort: PORTS.publishRenewal });
const { env } = stack;
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const deps = await createStackDeps(stack);
const WITH_INSTAGRAM = { route: "instagram_login" };

Deno.test.afterAll(async () => {
  await sql.end();
  await stack.stop();
});

async function readTokens(connectionId: string) {
  const [row] = await sql`
    select c.status, c.last_error_code, t.* from public.oauth_connections c
    left join private.oauth_tokens t on t.connection_id = c.id where c.id = ${connectionId}`;
  return row!;
}

/** Makes tokens end in `seconds`, as if they had been issued `ageHours` ago. */
async function age(connectionId: string, seconds: number, ageHours = 0): Promise<void> {
  await sql`
    update private.oauth_tokens
    set expires_at = now() + make_interval(secs => ${seconds}), issued_at = now() - make_interval(hours => ${ageHours})
    where connection_id = ${connectionId}`;
}

const noticesOf = (account: TestAccount) =>
  sql`select kind, title, link_path from public.notifications where user_id = ${account.id}`;

async function countCalls(service: string, route: string): Promise<number> {
  const calls = await (await fetch(
    `${env.SANDBOX_URL}/__sandbox/requests?service=${service}`,
  )).json();
  return calls.filter((call: { route: string }) => call.route.endsWith(route))
    .reduce((sum: number, call: { count: number }) => sum + call.count, 0);
}

Deno.test("Renewal: YouTube", async (t) => {
  const owner = await createAccount(env);
  const { id } = await connectPlatform(env, owner, "youtube");

  await t.step("leaves tokens with time left alone", async () => {
    const before = await countCalls("google", "/token");
    await deps.access.open(owner.id, id);
    await refreshDueTokens(deps);
    assert.equal(await countCalls("google", "/token"), before);
  });

  await t.step(
    "the scheduled job renews and keeps the refresh token",
    async () => {
      await age(id, 60);
      const old = await readTokens(id);
      await sql`select private.call_function('publish/internal/refresh-tokens')`;
      await poll("new tokens", async () => (await readTokens(id)).access_token !== old.access_token);
      for (let time = 0; time < 2; time++) {
        await age(id, 60);
        assert.equal((await refreshDueTokens(deps)).renewed, 1);
      }
      assert.equal((await readTokens(id)).status, "connected");
    },
  );

  await t.step("many who need a token at once renew it once", async () => {
    await age(id, 30);
    const before = await countCalls("google", "/token");
    const opened = await Promise.all(Array.from({ length: 10 }, () => deps.access.open(owner.id, id)));
    assert.equal(await countCalls("google", "/token"), before + 1);
    assert.equal(new Set(opened.map(({ token }) => token)).size, 1);
  });

  await t.step("a refused token is replaced once for everybody who held it", async () => {
    const refused = await deps.access.open(owner.id, id);
    const before = await countCalls("google", "/token");
    const [first, second] = await Promise.all([deps.access.reopen(refused), deps.access.reopen(refused)]);
    assert.notEqual(first.token, refused.token);
    assert.equal(first.token, second.token);
    assert.equal(await countCalls("google", "/token"), before + 1);
  });

  await t.step("an outage ends nothing", async () => {
    for (const kind of ["status", "lost_answer"]) {
      await age(id, 30);
      await control.fault({ service: "google", method: "POST", path: "/token", kind, value: 503, times: 1 });
      await assert.rejects(() => deps.access.open(owner.id, id), ProviderApiError);
      assert.equal((await readTokens(id)).status, "connected");
      assert.equal((await readTokens(id)).refresh_lease_until, null);
    }
    await deps.access.open(owner.id, id);
    assert.equal((await noticesOf(owner)).length, 0);
  });

  await t.step("an outage does not stop a token that is still good", async () => {
    await age(id, 100);
    const { access_token } = await readTokens(id);
    await control.fault({ service: "google", method: "POST", path: "/token", kind: "status", value: 503 });
    assert.match((await deps.access.open(owner.id, id)).token, /^ya29/);
    assert.equal((await readTokens(id)).access_token, access_token);
  });

  await t.step("our own wrong secret ends nothing", async () => {
    await age(id, 30);
    await control.fault({
      service: "google",
      method: "POST",
      path: "/token",
      kind: "status",
      value: 401,
      times: 1,
    });
    assert.deepEqual(await refreshDueTokens(deps), { renewed: 0, failed: 1, misconfigured: true });
    assert.equal((await readTokens(id)).status, "connected");
  });

  await t.step(
    "a revoked permission is expired, told once, and mended by reconnecting",
    async () => {
      const person = await createAccount(env);
      const account = await connectPlatform(env, person, "youtube", "rita");
      await age(account.id, 30);
      await control.fault({ service: "google", method: "POST", path: "/token", kind: "revoke", times: 1 });
      for (let time = 0; time < 2; time++) {
        await assert.rejects(() => deps.access.open(person.id, account.id), ProviderAuthError);
      }
      await refreshDueTokens(deps);
      assert.equal((await listAccounts(env, person))[0]!.status, "expired");
      const notices = await noticesOf(person);
      assert.deepEqual(notices.map(({ kind }) => kind), ["publish.account_expired"]);
      assert.equal((await connectPlatform(env, person, "youtube", "rita")).id, account.id);
      assert.match((await deps.access.open(person.id, account.id)).token, /^ya29/);
    },
  );

  await t.step("nobody opens another person's account", async () => {
    const stranger = await createAccount(env);
    await assert.rejects(() => deps.access.open(stranger.id, id), ProviderAuthError);
  });
});

Deno.test("Renewal: Instagram through a Page", async (t) => {
  const owner = await createAccount(env);
  const { id } = await connectPlatform(env, owner, "instagram", "sven");

  await t.step("publishes with the Page's token", async () => {
    const { token } = await deps.access.open(owner.id, id);
    const response = await fetch(
      `${env.META_GRAPH_URL}/v26.0/me?fields=id,name`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    assert.equal((await response.json()).name, "Sven Finds");
  });

  await t.step(
    "extends tokens of more than a day in their second half",
    async () => {
      await age(id, 29 * 86_400, 23);
      assert.equal((await refreshDueTokens(deps)).renewed, 0);
      await age(id, 29 * 86_400, 25);
      assert.equal((await refreshDueTokens(deps)).renewed, 1);
      const row = await readTokens(id);
      assert.ok(row.expires_at > new Date(Date.now() + 59 * 86_400_000));
      assert.ok(row.account_token);
    },
  );

  await t.step(
    "an outage in the last week shows, and ends nothing",
    async () => {
      await age(id, 6 * 86_400, 25);
      await sql`update public.oauth_connections set token_expires_at = now() + interval '6 days' where id = ${id}`;
      await control.fault({
        service: "meta",
        path: "*/oauth/access_token",
        kind: "status",
        value: 500,
        times: 3,
      });
      assert.equal((await refreshDueTokens(deps)).failed, 1);
      assert.equal((await readTokens(id)).status, "expiring");
      assert.equal((await refreshDueTokens(deps)).renewed, 1);
      assert.equal((await readTokens(id)).status, "connected");
    },
  );

  await t.step("a removed app is expired", async () => {
    await control.fault({ service: "meta", path: "*/oauth/access_token", kind: "revoke", times: 1 });
    await age(id, 86_400, 25);
    await refreshDueTokens(deps);
    assert.equal((await readTokens(id)).status, "expired");
    assert.equal((await noticesOf(owner)).length, 1);
  });
});

Deno.test("Renewal: Instagram's own sign-in", async (t) => {
  const owner = await createAccount(env);
  const { id } = await connectPlatform(env, owner, "instagram", "tina", WITH_INSTAGRAM);

  await t.step("asks only for tokens that are a day old", async () => {
    await age(id, 20 * 86_400, 23);
    assert.equal((await refreshDueTokens(deps)).renewed, 0);
    await age(id, 20 * 86_400, 25);
    await control.set({ service: "instagram", token_min_age_s: 0 });
    assert.equal((await refreshDueTokens(deps)).renewed, 1);
    await control.set({ service: "instagram", token_min_age_s: null });
    assert.equal((await readTokens(id)).status, "connected");
  });

  await t.step("a refusal for its age ends nothing", async () => {
    await age(id, 20 * 86_400, 25);
    assert.equal((await refreshDueTokens(deps)).failed, 1);
    assert.equal((await readTokens(id)).status, "connected");
  });

  await t.step("a removed app is expired", async () => {
    await control.fault({ service: "instagram", path: "/refresh_access_token", kind: "revoke", times: 1 });
    await age(id, 86_400, 25);
    await refreshDueTokens(deps);
    assert.equal((await readTokens(id)).status, "expired");
  });
});
