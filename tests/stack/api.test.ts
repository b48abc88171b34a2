import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import type { SupabaseClient } from "@supabase/supabase-js";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";
import { FIXTURE_DIR } from "./copy-dir.ts";

const PASSWORD = "correct horse";
const options = { sanitizeOps: false, sanitizeResources: false };
let stack: TestStack;

function env(name: string): string {
  return stack.env[name]!;
}

function connect(key = env("PUBLISHABLE_KEY")): SupabaseClient {
  return createClient(env("API_URL"), key, { auth: { persistSession: false, autoRefreshToken: false } });
}

async function signUp(email: string): Promise<SupabaseClient> {
  const client = connect();
  const { error } = await client.auth.signUp({ email, password: PASSWORD });
  assert.equal(error, null);
  return client;
}

async function rest(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; code: string }> {
  const response = await fetch(`${env("API_URL")}/rest/v1/${path}`, { headers });
  const body = await response.json();
  return { status: response.status, code: body.code ?? "" };
}

Deno.test.beforeAll(async () => {
  stack = await startStack({ basePort: 26100, supabaseDir: FIXTURE_DIR });
});
Deno.test.afterAll(async () => await stack.stop());

Deno.test("sign-up opens a session with GoTrue's claims", options, async () => {
  const client = connect();
  const { data } = await client.auth.signUp({
    email: "Claims@example.test",
    password: PASSWORD,
    options: { data: { display_name: "Claims" } },
  });
  const token = data.session!.access_token;
  const claims = decodeJwt(token);

  assert.equal(decodeProtectedHeader(token).alg, "HS256");
  assert.equal(claims.iss, `${env("API_URL")}/auth/v1`);
  assert.equal(claims.aud, "authenticated");
  assert.equal(claims.role, "authenticated");
  assert.equal(claims.email, "claims@example.test");
  assert.equal(claims.phone, "");
  assert.equal(claims.aal, "aal1");
  assert.equal(claims.is_anonymous, false);
  assert.deepEqual(claims.app_metadata, { provider: "email", providers: ["email"] });
  assert.equal((claims.user_metadata as Record<string, unknown>).display_name, "Claims");
  assert.equal((claims.amr as { method: string }[])[0]!.method, "password");
  assert.equal((await client.auth.getUser()).data.user!.email, "claims@example.test");
});

Deno.test("a refreshed token keeps session and methods", options, async () => {
  const client = await signUp("refresh@example.test");
  const before = decodeJwt((await client.auth.getSession()).data.session!.access_token);
  const { data, error } = await client.auth.refreshSession();
  assert.equal(error, null);
  const after = decodeJwt(data.session!.access_token);
  assert.equal(after.session_id, before.session_id);
  assert.deepEqual(after.amr, before.amr);
  assert.equal(after.iss, before.iss);
});

Deno.test("a password shorter than config.toml asks is refused", options, async () => {
  const { error } = await connect().auth.signUp({ email: "short@example.test", password: "seven77" });
  assert.equal(error!.code, "weak_password");
});

Deno.test("a body that is no JSON object is refused", options, async () => {
  for (const path of ["signup", "token?grant_type=password", "recover", "verify"]) {
    const response = await fetch(`${env("API_URL")}/auth/v1/${path}`, {
      method: "POST",
      headers: { apikey: env("PUBLISHABLE_KEY"), "content-type": "application/json" },
      body: "null",
    });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).error_code, "bad_json");
  }
});

Deno.test("a wrong password opens no session", options, async () => {
  await signUp("wrong@example.test");
  const { error } = await connect().auth.signInWithPassword({
    email: "wrong@example.test",
    password: "nope nope",
  });
  assert.equal(error!.code, "invalid_credentials");
});

Deno.test("a reset link in the mailbox leads to the API and back to the app", options, async () => {
  const client = await signUp("reset@example.test");
  const redirectTo = `${env("WEB_URL")}/reset-password`;
  assert.equal((await client.auth.resetPasswordForEmail("reset@example.test", { redirectTo })).error, null);

  const link = await eventually("the mail", async () => {
    const mails = await (await fetch(`${env("SANDBOX_URL")}/__sandbox/mails`)).json();
    const mail = JSON.stringify(mails).replaceAll("\\n", " ");
    return mail.includes("reset@example.test") &&
      /http[^\s"'<>\\]+\/auth\/v1\/verify\?[^\s"'<>\\]+/.exec(mail)?.[0];
  });
  assert.ok(link.startsWith(`${env("API_URL")}/auth/v1/verify?`), link);

  const answer = await fetch(link.replaceAll("&amp;", "&"), { redirect: "manual" });
  assert.equal(answer.status, 303);
  const target = new URL(answer.headers.get("location")!);
  assert.equal(target.origin + target.pathname, redirectTo);
  const fragment = new URLSearchParams(target.hash.slice(1));
  assert.equal(fragment.get("type"), "recovery");
  const claims = decodeJwt(fragment.get("access_token")!);
  assert.equal(claims.iss, `${env("API_URL")}/auth/v1`);
  assert.equal((claims.amr as { method: string }[])[0]!.method, "otp");

  const recovered = connect();
  await recovered.auth.setSession({
    access_token: fragment.get("access_token")!,
    refresh_token: fragment.get("refresh_token")!,
  });
  assert.equal((await recovered.auth.updateUser({ password: "a new password" })).error, null);
  const again = await connect().auth.signInWithPassword({
    email: "reset@example.test",
    password: "a new password",
  });
  assert.equal(again.error, null);
});

Deno.test("an administrator makes a link and deletes a user, nobody else does", options, async () => {
  const client = await signUp("handover@example.test");
  const request = { type: "magiclink", email: "handover@example.test" } as const;
  assert.equal((await connect().auth.admin.generateLink(request)).error!.status, 403);
  const { data } = await connect(env("SECRET_KEY")).auth.admin.generateLink(request);
  const session = await connect().auth.verifyOtp({
    token_hash: data.properties!.hashed_token,
    type: "email",
  });
  assert.equal(session.data.user!.email, "handover@example.test");

  const { data: { user } } = await client.auth.getUser();
  assert.equal((await connect().auth.admin.deleteUser(user!.id)).error!.status, 403);
  assert.equal((await connect(env("SECRET_KEY")).auth.admin.deleteUser(user!.id)).error, null);
  assert.ok((await client.auth.getUser()).error);
});

Deno.test("a table without grants is closed to every role, the secret key included", options, async () => {
  const user = await signUp("ungranted@example.test");
  const anonymous = await connect().from("ungranted").select();
  const signedIn = await user.from("ungranted").select();
  const service = await connect(env("SECRET_KEY")).from("ungranted").select();
  assert.deepEqual([anonymous.status, anonymous.error!.code], [401, "42501"]);
  assert.deepEqual([signedIn.status, signedIn.error!.code], [403, "42501"]);
  assert.deepEqual([service.status, service.error!.code], [403, "42501"]);
});

Deno.test("a column without grants is not written", options, async () => {
  const user = await signUp("columns@example.test");
  const id = "00000000-0000-4000-8000-000000000000";
  assert.equal((await user.from("notes").insert({ body: "x", user_id: id })).error!.code, "42501");
});

Deno.test("a schema that is not exposed is not found", options, async () => {
  const { error } = await connect(env("SECRET_KEY")).schema("private").from("hidden").select();
  assert.equal(error!.code, "PGRST106");
});

Deno.test("row level security keeps users apart", options, async () => {
  const ann = await signUp("ann@example.test");
  const ben = await signUp("ben@example.test");
  const note = await ann.from("notes").insert({ body: "Ann's" }).select("id, body").single();
  assert.equal(note.data!.body, "Ann's");
  assert.equal((await ann.from("notes").select()).data!.length, 2);
  assert.deepEqual((await ben.from("notes").select("body")).data, [{ body: "Welcome" }]);
  assert.deepEqual(
    (await ben.from("notes").update({ body: "Ben's" }).eq("id", note.data!.id).select()).data,
    [],
  );
  assert.equal((await connect().from("notes").select()).status, 401);
});

Deno.test("requests without a key, with a wrong key or a forged token are 401", options, async () => {
  const apikey = env("PUBLISHABLE_KEY");
  const forged = await new SignJWT({ role: "service_role", sub: crypto.randomUUID() })
    .setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(
      new TextEncoder().encode("not the secret"),
    );
  const expired = await new SignJWT({ role: "authenticated", sub: crypto.randomUUID() })
    .setProtectedHeader({ alg: "HS256" }).setExpirationTime(1).sign(
      new TextEncoder().encode(env("JWT_SECRET")),
    );
  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"role":"service_role"}')}.`.replaceAll("=", "");

  assert.equal((await rest("numbers", {})).status, 401);
  assert.equal((await rest("numbers", { apikey: "sb_publishable_guess" })).status, 401);
  assert.equal((await rest("numbers", { authorization: `Bearer ${env("SECRET_KEY")}` })).status, 401);
  for (const token of [forged, expired, unsigned, "nonsense"]) {
    assert.equal((await rest("numbers", { apikey, authorization: `Bearer ${token}` })).status, 401, token);
  }
  assert.equal((await rest("numbers", { apikey })).status, 200);
});

Deno.test("a secret key is refused in a browser", options, async () => {
  const headers = { apikey: env("SECRET_KEY"), "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" };
  assert.equal((await rest("numbers", headers)).status, 401);
});

Deno.test("a query returns no more rows than max_rows", options, async () => {
  const { data } = await connect().from("numbers").select().order("value");
  assert.deepEqual(data!.map((row) => row.value), [1, 2, 3, 4, 5]);
});

Deno.test("anonymous statements end after 3 seconds, a user's do not", options, async () => {
  const user = await signUp("patient@example.test");
  const [anonymous, signedIn] = await Promise.all([
    connect().rpc("sleep_for", { seconds: 3.5 }),
    user.rpc("sleep_for", { seconds: 3.5 }),
  ]);
  assert.equal(anonymous.error!.code, "57014");
  assert.equal(signedIn.error, null);
});

Deno.test("a function sees the caller's role and claims", options, async () => {
  const user = await signUp("whoami@example.test");
  const { data: { user: { id } } } = await user.auth.getUser() as { data: { user: { id: string } } };
  const { data } = await user.rpc("whoami");
  assert.deepEqual([data.role, data.uid, data.jwt.sub], ["authenticated", id, id]);
  assert.equal((await connect(env("SECRET_KEY")).rpc("whoami")).data.role, "service_role");
  assert.equal((await connect().rpc("whoami")).data.role, "anon");
});

Deno.test("raised errors keep status, code, detail and hint", options, async () => {
  const rule = await connect().rpc("raise_rule");
  assert.equal(rule.status, 422);
  assert.deepEqual([rule.error!.code, rule.error!.details], ["PT422", "rule_broken"]);
  const plain = await connect().rpc("raise_plain");
  assert.equal(plain.status, 400);
  assert.deepEqual([plain.error!.code, plain.error!.message, plain.error!.hint], [
    "P0001",
    "Plain words",
    "A hint",
  ]);
});

Deno.test("a broken check constraint is 400 with the database's code", options, async () => {
  const user = await signUp("check@example.test");
  const { status, error } = await user.from("notes").insert({ body: "" });
  assert.deepEqual([status, error!.code], [400, "23514"]);
});

Deno.test("values keep their JSON types, read, written and embedded", options, async () => {
  const service = connect(env("SECRET_KEY"));
  const shape = "value, price, facts, kinds(weight)";
  const written = await service.from("numbers").insert({ value: 50, price: 7.5, facts: { a: [1, "x"] } })
    .select(shape).single();
  const expected = { value: 50, price: 7.5, facts: { a: [1, "x"] }, kinds: { weight: 1.5 } };
  assert.deepEqual(written.data, expected);
  assert.deepEqual((await connect().from("numbers").select(shape).eq("value", 50).single()).data, expected);
  assert.deepEqual((await connect().from("numbers").select("price").eq("value", 1).single()).data, {
    price: 12.5,
  });
  const counted = await connect().from("numbers").select("value", { count: "exact", head: true }).gt(
    "value",
    10,
  );
  assert.equal(counted.count, 3);
  const updated = await service.from("numbers").update({ facts: {} }).eq("value", 50).select("facts");
  assert.deepEqual(updated.data, [{ facts: {} }]);
  const upserted = await service.from("numbers").upsert({ value: 50, price: 8 }).select("price").single();
  assert.deepEqual(upserted.data, { price: 8 });
  assert.equal((await service.from("numbers").delete().eq("value", 50)).status, 204);
  assert.equal((await connect().from("numbers").select().eq("value", 50).single()).error!.code, "PGRST116");
  assert.equal((await connect().from("numbers").select().eq("value", 50).maybeSingle()).error, null);
});

Deno.test("health answers without a key", options, async () => {
  const response = await fetch(`${env("API_URL")}/auth/v1/health`);
  assert.equal(response.status, 200);
  assert.equal((await response.json()).name, "GoTrue");
});
