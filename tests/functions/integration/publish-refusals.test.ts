import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { PORTS } from "../support/ports.ts";
import { consentTo, finishPublish, listAccounts } from "../support/publish.ts";
import { createControl } from "../support/sandbox.ts";

const { env, stop } = await startStack({ basePort: PORTS.publishRefusals });
const control = createControl(env.SANDBOX_URL!);

Deno.test.afterAll(stop);

Deno.test("Publishing accounts: what the platforms refuse", async (t) => {
  const owner = await createAccount(env);
  const refused = async (platform: string, name: string, body?: { route: string }) => {
    const answer = await finishPublish(
      env,
      owner,
      platform,
      await consentTo(env, owner, platform, name, body),
    );
    assert.match(String(answer.body.message), /[Cc]onnect/);
    return [answer.status, answer.body.code];
  };
  const instagramLogin = { route: "instagram_login" };

  await t.step("a made-up code", async () => {
    const fragment = await consentTo(env, owner, "youtube", "bert");
    fragment.set("code", "made-up");
    const { status, body } = await finishPublish(env, owner, "youtube", fragment);
    assert.deepEqual([status, body.code], [422, "consent_refused"]);
    assert.match(String(body.message), /Google/);
  });

  await t.step("a Google account without a channel", async () => {
    assert.deepEqual(await refused("youtube", "carl+empty"), [422, "no_channel"]);
  });

  await t.step("declined permissions", async () => {
    assert.deepEqual(await refused("youtube", "dora+declined"), [422, "scopes_declined"]);
    assert.deepEqual(await refused("instagram", "dora+declined"), [422, "scopes_declined"]);
    assert.deepEqual(await refused("instagram", "dora+declined", instagramLogin), [422, "scopes_declined"]);
  });

  await t.step("a personal Instagram account", async () => {
    assert.deepEqual(await refused("instagram", "emil+personal"), [422, "instagram_not_professional"]);
    assert.deepEqual(
      await refused("instagram", "emil+personal", instagramLogin),
      [422, "instagram_not_professional"],
    );
  });

  await t.step("a person without a Page", async () => {
    assert.deepEqual(await refused("instagram", "fred+empty"), [422, "no_page"]);
  });

  await t.step("none of these leaves an account behind", async () => {
    assert.deepEqual(await listAccounts(env, owner), []);
  });

  await t.step("a person who says no", async () => {
    const { body } = await callFunction(env, owner, "POST", "publish/connections/instagram/auth-url");
    const state = new URL(String(body.url)).searchParams.get("state")!;
    const query = new URLSearchParams({
      error: "access_denied",
      error_description: "Permissions error",
      state,
    });
    const back = await callFunction(env, null, "GET", `publish/connections/instagram/callback?${query}`);
    assert.equal(back.status, 302);
    const target = new URL(back.headers.get("location")!);
    assert.equal(target.origin + target.pathname, `${env.WEB_URL}/connect/finish`);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(target.hash.slice(1))), {
      provider: "instagram",
      error: "access_denied",
      error_description: "Permissions error",
      state,
    });
  });

  await t.step("input that makes no sense", async () => {
    const tries: [string, string, unknown][] = [
      ["POST", "publish/connections/myspace/auth-url", undefined],
      ["POST", "publish/connections/instagram/auth-url", { route: "google" }],
      ["POST", "publish/connections/youtube/finish", { code: "c" }],
      ["POST", "publish/connections/youtube/finish", { code: "", state: "s".repeat(43) }],
      ["DELETE", "publish/connections/not-an-id", undefined],
    ];
    for (const [method, path, body] of tries) {
      const answer = await callFunction(env, owner, method, path, { body });
      assert.deepEqual([path, answer.status, answer.body.code], [path, 400, "invalid_request"]);
    }
  });

  await t.step("a platform that cannot be connected here", async () => {
    const body = { route: "facebook_login" };
    const answer = await callFunction(env, owner, "POST", "publish/connections/tiktok/auth-url", { body });
    assert.deepEqual([answer.status, answer.body.code], [422, "platform_not_available"]);
  });

  await t.step(
    "a service that fails, and the same sign-in works afterwards",
    async () => {
      const fragment = await consentTo(env, owner, "youtube", "gerd");
      await control.fault({
        service: "google",
        method: "GET",
        path: "/youtube/v3/channels",
        kind: "status",
        value: 503,
        times: 3,
      });
      const failed = await finishPublish(env, owner, "youtube", fragment);
      assert.deepEqual([failed.status, failed.body.code], [502, "provider_failed"]);
      assert.match(String(failed.body.message), /YouTube/);
      assert.equal((await finishPublish(env, owner, "youtube", fragment)).status, 200);
    },
  );
});

Deno.test("Publishing accounts: what is forged", async (t) => {
  const owner = await createAccount(env);
  const stranger = await createAccount(env);
  const ROUTES = ["facebook_login", "instagram_login"];
  const finish = async (account: TestAccount, platform: string, fragment: URLSearchParams) => {
    const { status, body } = await finishPublish(env, account, platform, fragment);
    return [status, body.code];
  };
  const withFields = (fragment: URLSearchParams, fields: Record<string, string>) => {
    const forged = new URLSearchParams(fragment);
    for (const [name, value] of Object.entries(fields)) forged.set(name, value);
    return forged;
  };

  for (const route of ROUTES) {
    await t.step(`a consent by ${route} serves only who began it, and once`, async () => {
      const fragment = await consentTo(env, owner, "instagram", `zoe-${route}`, { route });
      for (let time = 0; time < 2; time++) {
        assert.deepEqual(await finish(stranger, "instagram", fragment), [403, "oauth_state_foreign"]);
      }
      assert.deepEqual(await finish(owner, "youtube", fragment), [422, "oauth_state_invalid"]);
      const again = await consentTo(env, owner, "instagram", `zoe-${route}`, { route });
      assert.equal((await finish(owner, "instagram", again))[0], 200);
      assert.deepEqual(await finish(owner, "instagram", again), [422, "oauth_state_invalid"]);
      assert.deepEqual(await finish(stranger, "instagram", again), [422, "oauth_state_invalid"]);
      assert.deepEqual(await listAccounts(env, stranger), []);
    });
  }

  await t.step("states that nobody gave out attach nothing", async () => {
    const fragment = await consentTo(env, owner, "youtube", "yara");
    const state = fragment.get("state")!;
    const flipped = (state.startsWith("A") ? "B" : "A") + state.slice(1);
    for (const forged of [flipped, state.toLowerCase() + "x", `${state}' or 1=1`, "0".repeat(43)]) {
      const answer = await finish(owner, "youtube", withFields(fragment, { state: forged }));
      assert.deepEqual(answer, [422, "oauth_state_invalid"], forged);
    }
    assert.equal((await finish(owner, "youtube", fragment))[0], 200);
  });

  await t.step("somebody else's code does not pass under one's own state", async () => {
    const victim = await consentTo(env, stranger, "youtube", "victim");
    const own = await consentTo(env, owner, "youtube", "thief");
    // The verifier of the sign-in that brought the code is not the one of this state.
    const answer = await finish(owner, "youtube", withFields(own, { code: victim.get("code")! }));
    assert.deepEqual(answer, [422, "consent_refused"]);
    assert.ok(!(await listAccounts(env, owner)).some(({ account_name }) => /victim/i.test(account_name)));
  });

  await t.step("the callback leads nowhere but to the finish page", async () => {
    const fields = {
      code: "c#&provider=other",
      state: "s\r\nset-cookie: a=b",
      redirect_uri: "https://evil.example",
      provider: "instagram",
    };
    const query = new URLSearchParams({ ...fields, "web_url": "https://evil.example" });
    const back = await callFunction(env, null, "GET", `publish/connections/youtube/callback?${query}`);
    assert.equal(back.status, 302);
    const target = new URL(back.headers.get("location")!);
    assert.equal(target.origin + target.pathname + target.search, `${env.WEB_URL}/connect/finish`);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(target.hash.slice(1))), {
      provider: "youtube",
      code: fields.code,
      state: fields.state,
    });
    assert.equal(back.headers.get("set-cookie"), null);
    const long = await callFunction(
      env,
      null,
      "GET",
      `publish/connections/youtube/callback?state=${"s".repeat(513)}`,
    );
    assert.deepEqual([long.status, long.body.code], [400, "invalid_request"]);
  });
});
