import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createInstagramLogin } from "../../../supabase/functions/_shared/providers/instagram/login-client.ts";
import { createFacebookLogin } from "../../../supabase/functions/_shared/providers/facebook/login-client.ts";
import { createYoutubeLogin } from "../../../supabase/functions/_shared/providers/youtube/login-client.ts";

const NOW = new Date("2026-11-01T12:00:00Z");
const APP = {
  appId: "app",
  appSecret: "app-secret",
  version: "v26.0",
  redirectUri: "https://api.example/callback",
};
const SHORT = { accessToken: "short", refreshToken: null, expiresAt: NOW };

interface Recorded {
  /** Part of the address it answers. */
  path: string;
  status?: number;
  body: unknown;
}

/** Replies as recorded, in order for each path; the last one again and again. */
function replay(replies: Recorded[]) {
  const asked: { url: string; headers: Headers; body: string }[] = [];
  const doFetch: typeof fetch = (input, init) => {
    const url = String(input);
    asked.push({ url, headers: new Headers(init?.headers), body: String(init?.body ?? "") });
    const index = replies.findIndex(({ path }) => url.includes(path));
    const reply = replies[index];
    if (!reply) return Promise.reject(new TypeError(`nothing recorded for ${url}`));
    if (replies.slice(index + 1).some(({ path }) => path === reply.path)) replies.splice(index, 1);
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    return Promise.resolve(new Response(text, { status: reply.status ?? 200 }));
  };
  return { asked, options: { fetch: doFetch, clock: () => NOW, sleep: () => Promise.resolve() } };
}

function createLogins(replies: Recorded[]) {
  const { asked, options } = replay(replies);
  return {
    asked,
    youtube: createYoutubeLogin({
      loginUrl: "https://accounts.google.com",
      tokenUrl: "https://oauth2.googleapis.com",
      apiUrl: "https://www.googleapis.com",
      clientId: "app",
      clientSecret: "app-secret",
      redirectUri: APP.redirectUri,
      ...options,
    }),
    facebook: createFacebookLogin({
      dialogUrl: "https://www.facebook.com",
      graphUrl: "https://graph.facebook.com",
      ...APP,
      ...options,
    }),
    instagram: createInstagramLogin({
      loginUrl: "https://www.instagram.com",
      codeUrl: "https://api.instagram.com",
      graphUrl: "https://graph.instagram.com",
      ...APP,
      ...options,
    }),
  };
}

const isUserError = (code: string) => (error: unknown) =>
  error instanceof ProviderUserError && error.code === code;
const GRANTED = ["instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement"]
  .map((permission) => ({ permission, status: "granted" }));

Deno.test("YouTube sign-in: recorded answers", async (t) => {
  const token = (body: unknown, status = 200) => createLogins([{ path: "/token", status, body }]).youtube;
  const scope =
    "https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.readonly";

  await t.step("a grant without a refresh token is refused with a way out", async () => {
    const login = token({ access_token: "a", expires_in: 3599, scope, token_type: "Bearer" });
    await assert.rejects(() => login.exchangeCode("c", "v"), isUserError("offline_access_missing"));
  });

  await t.step("what a refused refresh means", async () => {
    const stored = { accessToken: "a", refreshToken: "r" };
    const refused = (status: number, body: unknown) => token(body, status).renew(stored, "UC1");
    await assert.rejects(() => refused(400, { error: "invalid_grant" }), ProviderAuthError);
    await assert.rejects(() => refused(401, { error: "invalid_client" }), ProviderConfigError);
    await assert.rejects(() => refused(500, { error: "invalid_grant" }), ProviderApiError);
    await assert.rejects(() => refused(502, "<html>Bad gateway</html>"), ProviderApiError);
    await assert.rejects(() => refused(200, { token_type: "Bearer" }), ProviderApiError);
  });

  await t.step("a renewal leaves the refresh token as it is", async () => {
    const renewed = await token({ access_token: "b", expires_in: 3599 }).renew({
      accessToken: "a",
      refreshToken: "r",
    }, "UC1");
    assert.deepEqual([renewed.accessToken, renewed.refreshToken], ["b", null]);
    assert.equal(renewed.expiresAt.getTime(), NOW.getTime() + 3_599_000);
  });

  await t.step("both answers for an account without a channel", async () => {
    for (
      const reply of [
        { status: 200, body: { kind: "youtube#channelListResponse" } },
        { status: 401, body: { error: { code: 401, errors: [{ reason: "youtubeSignupRequired" }] } } },
      ]
    ) {
      const { youtube } = createLogins([{ path: "/channels", ...reply }]);
      await assert.rejects(() => youtube.openGrant(SHORT), isUserError("no_channel"));
    }
  });

  await t.step("an API that is not switched on is the operator's", async () => {
    const body = { error: { code: 403, errors: [{ reason: "accessNotConfigured" }] } };
    const { youtube } = createLogins([{ path: "/channels", status: 403, body }]);
    await assert.rejects(() => youtube.openGrant(SHORT), ProviderConfigError);
  });
});

Deno.test("Facebook sign-in: recorded answers", async (t) => {
  const long = { path: "/oauth/access_token", body: { access_token: "long", token_type: "bearer" } };
  const base = [long, { path: "/me/permissions", body: { data: GRANTED } }, {
    path: "/me?fields=id",
    body: { id: "7" },
  }];
  const page = (id: string) => ({ id, name: `Page ${id}`, access_token: `token-${id}` });

  await t.step("reads every page of Pages and skips those without Instagram", async () => {
    const { facebook, asked } = createLogins([
      ...base,
      {
        path: "/me/accounts",
        body: {
          data: [page("1"), { id: "2" }],
          paging: { cursors: { after: "x" }, next: "https://graph.facebook.com/n" },
        },
      },
      { path: "/me/accounts", body: { data: [page("3")], paging: { cursors: { after: "y" } } } },
      {
        path: "/1?fields",
        body: '{"id":"1","instagram_business_account":{"id":17841405822304914,"username":"shop"}}',
      },
      { path: "/3?fields", body: { id: "3" } },
    ]);
    const grant = await facebook.openGrant(SHORT);
    assert.deepEqual(grant.accounts.map(({ id, token }) => [id, token]), [["17841405822304914", "token-1"]]);
    assert.equal(grant.key, "facebook:7");
    assert.equal(grant.tokens.expiresAt.getTime(), NOW.getTime() + 59 * 86_400_000);
    const second = asked.filter(({ url }) => url.includes("/me/accounts"))[1]!;
    assert.match(second.url, /after=x/);
  });

  await t.step("keeps tokens and secrets out of addresses", async () => {
    const { facebook, asked } = createLogins([
      ...base,
      { path: "/me/accounts", body: { data: [page("1")] } },
      { path: "/1?fields", body: { id: "1", instagram_business_account: { id: "9" } } },
    ]);
    await facebook.openGrant(SHORT);
    for (const { url } of asked) assert.doesNotMatch(url, /app-secret|long|token-1/);
  });

  await t.step("what a refused extension means", async () => {
    const refused = (status: number, error: unknown) =>
      createLogins([{ path: "/oauth/access_token", status, body: { error } }]).facebook
        .renew({ accessToken: "long", refreshToken: null }, "9");
    await assert.rejects(() => refused(400, { code: 190, error_subcode: 463 }), ProviderAuthError);
    await assert.rejects(() => refused(400, { code: 101 }), ProviderConfigError);
    await assert.rejects(() => refused(400, { code: 100 }), ProviderApiError);
    await assert.rejects(() => refused(400, { code: 4 }), ProviderApiError);
    await assert.rejects(() => refused(503, "away"), ProviderApiError);
  });
});

Deno.test("Instagram sign-in: recorded answers", async (t) => {
  const scopes = ["instagram_business_basic", "instagram_business_content_publish"];
  const profile = (more: object) => [
    { path: "/access_token", body: { access_token: "long", expires_in: 5_183_944 } },
    { path: "/me?", body: { user_id: "17841405822304914", username: "shop", ...more } },
  ];

  await t.step("takes the code without Instagram's tail, in both shapes", async () => {
    for (
      const body of [
        { data: [{ access_token: "short", user_id: 1, permissions: scopes.join(",") }] },
        { access_token: "short", user_id: 1, permissions: scopes },
      ]
    ) {
      const { instagram, asked } = createLogins([{ path: "/oauth/access_token", body }]);
      assert.equal((await instagram.exchangeCode("code#_", "v")).accessToken, "short");
      assert.equal(new URLSearchParams(asked[0]!.body).get("code"), "code");
    }
  });

  await t.step("a refused code is the person's, an outage nobody's", async () => {
    const refusal = { error_type: "OAuthException", code: 400, error_message: "used" };
    const answer = (status: number, body: unknown) =>
      createLogins([{ path: "/oauth/access_token", status, body }]).instagram;
    await assert.rejects(() => answer(400, refusal).exchangeCode("c", "v"), isUserError("consent_refused"));
    await assert.rejects(() => answer(503, refusal).exchangeCode("c", "v"), ProviderApiError);
  });

  await t.step("kinds of accounts, however they are spelt", async () => {
    for (const account_type of ["Business", "BUSINESS", "Media_Creator", "MEDIA_CREATOR"]) {
      const grant = await createLogins(profile({ account_type })).instagram.openGrant(SHORT);
      assert.equal(grant.accounts[0]!.id, "17841405822304914");
    }
    for (const account_type of ["PERSONAL", undefined]) {
      const { instagram } = createLogins(profile({ account_type }));
      await assert.rejects(() => instagram.openGrant(SHORT), isUserError("instagram_not_professional"));
    }
  });
});
