import assert from "node:assert/strict";
import { createAuthWorld, linkOf, openLink, PASSWORD } from "./auth-world.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const NEW_PASSWORD = "another horse battery";
const world = await createAuthWorld(27700, { secure_password_change: "true" });
const { sql, connect, newEmail } = world;
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());

async function signUp(userAgent?: string) {
  const email = newEmail();
  const client = connect(undefined, userAgent);
  const { data, error } = await client.auth.signUp({ email, password: PASSWORD });
  assert.equal(error, null);
  return { email, client, id: data.user!.id };
}

Deno.test(
  "a reset mail shows a link and no code, and the link sets a new password once",
  options,
  async () => {
    const { email, client } = await signUp();
    await client.auth.resetPasswordForEmail(email, { redirectTo: `${world.env.WEB_URL}/set-password` });
    const mail = await world.lastMail(email);
    assert.equal(mail.subject, "Set a new password for Cliprelay");
    assert.match(mail.html, /Set a new password/);
    assert.doesNotMatch(mail.text.replace(linkOf(mail), ""), /\b\d{6}\b/);

    const { target, outcome } = await openLink(linkOf(mail));
    assert.equal(target, `${world.env.WEB_URL}/set-password`);
    assert.equal(outcome.get("type"), "recovery");
    const recovered = connect();
    await recovered.auth.setSession({
      access_token: outcome.get("access_token")!,
      refresh_token: outcome.get("refresh_token")!,
    });
    assert.equal((await recovered.auth.updateUser({ password: NEW_PASSWORD })).error, null);
    assert.equal((await connect().auth.signInWithPassword({ email, password: NEW_PASSWORD })).error, null);
    assert.equal((await openLink(linkOf(mail))).outcome.get("error_code"), "otp_expired");
  },
);

Deno.test("a link older than otp_expiry is refused", options, async () => {
  const { email, client, id } = await signUp();
  await client.auth.resetPasswordForEmail(email);
  const mail = await world.lastMail(email);
  await sql`update auth.users set recovery_sent_at = now() - interval '61 minutes' where id = ${id}`;
  assert.equal((await openLink(linkOf(mail))).outcome.get("error_code"), "otp_expired");
});

Deno.test("a weak password and the present one are refused, with the rule", options, async () => {
  const { client } = await signUp();
  const weak = await client.auth.updateUser({ password: "seven77" });
  assert.equal(weak.error!.code, "weak_password");
  assert.match(weak.error!.message, /at least 8 characters/);
  assert.equal((await client.auth.updateUser({ password: PASSWORD })).error!.code, "same_password");
  const long = await client.auth.updateUser({ password: "x".repeat(73) });
  assert.equal(long.error!.code, "validation_failed");
});

Deno.test("a change of the password ends every other session", options, async () => {
  const { email, client } = await signUp();
  const other = connect();
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  assert.equal((await client.auth.updateUser({ password: NEW_PASSWORD })).error, null);
  assert.equal((await client.auth.refreshSession()).error, null);
  assert.equal((await other.auth.refreshSession()).error!.code, "refresh_token_not_found");
});

Deno.test(
  "a session older than a day changes the password with the code of a mail alone",
  options,
  async () => {
    const { email, client, id } = await signUp();
    await sql`update auth.sessions set created_at = now() - interval '25 hours' where user_id = ${id}`;
    const without = await client.auth.updateUser({ password: NEW_PASSWORD });
    assert.deepEqual([without.error!.status, without.error!.code], [400, "reauthentication_needed"]);
    await client.auth.reauthenticate();
    const nonce = /\b\d{6}\b/.exec((await world.lastMail(email)).text)![0];
    const wrong = await client.auth.updateUser({
      password: NEW_PASSWORD,
      nonce: nonce === "000000" ? "1" : "000000",
    });
    assert.deepEqual([wrong.error!.status, wrong.error!.code], [422, "reauthentication_not_valid"]);
    assert.equal((await client.auth.updateUser({ password: NEW_PASSWORD, nonce })).error, null);
    const again = await client.auth.updateUser({ password: "a third battery", nonce });
    assert.equal(again.error!.code, "reauthentication_not_valid");
  },
);

Deno.test("a second mail within max_frequency is refused", options, async () => {
  const { email, client } = await signUp();
  assert.equal((await client.auth.resetPasswordForEmail(email)).error, null);
  const second = await client.auth.resetPasswordForEmail(email);
  assert.deepEqual([second.error!.status, second.error!.code], [429, "over_email_send_rate_limit"]);
});

Deno.test("sessions are listed with browser, address and the present one first", options, async () => {
  const { email, client } = await signUp("Firefox-of-Ann");
  const other = connect(undefined, "Phone-of-Ann");
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  const { data, error } = await client.rpc("list_own_sessions");
  assert.equal(error, null);
  assert.deepEqual(
    data.map((row: Record<string, unknown>) => [row.user_agent, row.ip, row.aal, row.is_current]),
    [["Firefox-of-Ann", "127.0.0.1", "aal1", true], ["Phone-of-Ann", "127.0.0.1", "aal1", false]],
  );
  await sql`update auth.sessions set created_at = now() - interval '2 days', refreshed_at = null`;
  await other.auth.refreshSession();
  const seen = (await client.rpc("list_own_sessions")).data[1];
  assert.ok(Date.now() - Date.parse(seen.last_seen_at) < 60_000, seen.last_seen_at);
});

Deno.test("an ended session is refreshed no more and speaks for the account no more", options, async () => {
  const { email, client } = await signUp();
  const other = connect();
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  const token = (await other.auth.getSession()).data.session!.access_token;
  const [, second] = (await client.rpc("list_own_sessions")).data;
  assert.equal((await client.rpc("end_own_session", { p_session_id: second.id })).error, null);
  assert.equal((await other.auth.refreshSession()).error!.code, "refresh_token_not_found");
  const headers = { apikey: world.env.PUBLISHABLE_KEY!, authorization: `Bearer ${token}` };
  const answer = await fetch(`${world.env.API_URL}/rest/v1/rpc/list_own_sessions`, {
    method: "POST",
    headers,
  });
  assert.equal(answer.status, 401);
  assert.equal((await answer.json()).details, "invalid_credentials");
});

Deno.test("nobody ends the session of another, and all others can be ended at once", options, async () => {
  const ann = await signUp();
  const ben = await signUp();
  const [annsOwn] = (await ann.client.rpc("list_own_sessions")).data;
  const foreign = await ben.client.rpc("end_own_session", { p_session_id: annsOwn.id });
  assert.deepEqual([foreign.status, foreign.error!.details], [404, "session_not_found"]);
  const others = [connect(), connect()];
  for (const other of others) await other.auth.signInWithPassword({ email: ann.email, password: PASSWORD });
  assert.equal((await ann.client.rpc("end_other_sessions")).data, 2);
  for (const other of others) assert.ok((await other.auth.refreshSession()).error);
  assert.equal((await ann.client.auth.refreshSession()).error, null);
  assert.equal((await ben.client.auth.refreshSession()).error, null);
  assert.equal((await connect().rpc("list_own_sessions")).status, 401);
});
