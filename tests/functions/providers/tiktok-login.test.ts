import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createTiktokLogin } from "../../../supabase/functions/_shared/providers/tiktok/login-client.ts";

const NOW = new Date("2026-11-01T12:00:00Z");
const TOKENS = {
  access_token: "act.1",
  expires_in: 7200,
  open_id: "open-1",
  refresh_token: "rft.2",
  refresh_expires_in: 15_552_000,
  scope: "user.info.basic,video.publish,video.list",
  token_type: "Bearer",
};
const OLD = { accessToken: "act.0", refreshToken: "rft.1" };

/** A login whose calls are answered in turn, the last answer again and again; `asked` has their forms. */
function answerWith(...answers: { status?: number; body: unknown }[]) {
  const asked: { path: string; form: URLSearchParams }[] = [];
  const login = createTiktokLogin({
    authUrl: "https://www.tiktok.com",
    apiUrl: "https://open.tiktokapis.com",
    clientKey: "key",
    clientSecret: "secret",
    redirectUri: "https://api.example/callback",
    clock: () => NOW,
    sleep: () => Promise.resolve(),
    fetch: (url, init) => {
      asked.push({
        path: new URL(String(url)).pathname,
        form: new URLSearchParams(String(init?.body ?? "")),
      });
      const { status = 200, body } = answers.length > 1 ? answers.shift()! : answers[0]!;
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    },
  });
  return { login, asked };
}

Deno.test("TikTok's consent page is asked for what posting needs, without PKCE", () => {
  const url = new URL(answerWith({ body: {} }).login.consentUrl("state-1", "challenge"));
  assert.equal(url.origin + url.pathname, "https://www.tiktok.com/v2/auth/authorize/");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    client_key: "key",
    response_type: "code",
    scope: "user.info.basic,video.publish,video.list",
    redirect_uri: "https://api.example/callback",
    state: "state-1",
  });
});

Deno.test("a renewal at TikTok brings both tokens, by the lifetime it names", async () => {
  const { login, asked } = answerWith({ body: TOKENS });
  assert.deepEqual(await login.renew(OLD, "open-1"), {
    accessToken: "act.1",
    refreshToken: "rft.2",
    expiresAt: new Date("2026-11-01T14:00:00Z"),
    accountToken: null,
  });
  assert.deepEqual([asked[0]!.path, asked[0]!.form.get("refresh_token")], ["/v2/oauth/token/", "rft.1"]);
});

Deno.test("only TikTok's own word ends an account, whatever the status it comes with", async () => {
  const cases: [number, string, unknown][] = [
    [200, "invalid_grant", ProviderAuthError],
    [400, "invalid_grant", ProviderAuthError],
    [200, "invalid_client", ProviderConfigError],
    [200, "invalid_request", ProviderApiError],
    [500, "invalid_grant", ProviderApiError],
    [429, "rate_limit_exceeded", ProviderApiError],
  ];
  for (const [status, error, kind] of cases) {
    const { login } = answerWith({ status, body: { error, error_description: "", log_id: "" } });
    await assert.rejects(
      () => login.renew(OLD, "open-1"),
      (thrown) => thrown instanceof (kind as typeof Error),
      `${status} ${error}`,
    );
  }
  const { login } = answerWith({ body: { unexpected: true } });
  await assert.rejects(() => login.renew(OLD, "open-1"), ProviderApiError);
});

Deno.test("a sign-in at TikTok with less than everything is the person's to repeat", async () => {
  const isCode = (code: string) => (error: unknown) =>
    error instanceof ProviderUserError && error.code === code;
  const without = answerWith({ body: { ...TOKENS, scope: "user.info.basic,video.list" } });
  await assert.rejects(() => without.login.exchangeCode("code", ""), isCode("scopes_declined"));
  const used = answerWith({ body: { error: "invalid_grant", error_description: "", log_id: "" } });
  await assert.rejects(() => used.login.exchangeCode("code", ""), isCode("consent_refused"));
  assert.deepEqual([without.asked.length, used.asked.length], [1, 1], "codes work once");
});

Deno.test("an account of TikTok that may not post right now is connected without its handle", async () => {
  const user = { open_id: "open-1", display_name: "Ann", avatar_url: null };
  const { login } = answerWith(
    { body: { data: { user }, error: { code: "ok", message: "" } } },
    { body: { data: {}, error: { code: "spam_risk_too_many_posts", message: "" } } },
  );
  const tokens = { ...OLD, expiresAt: NOW };
  const { accounts, key } = await login.openGrant(tokens);
  assert.equal(key, "tiktok:open-1");
  assert.deepEqual(accounts, [{ id: "open-1", name: "Ann", handle: null, pictureUrl: null, token: null }]);
});
