import assert from "node:assert/strict";
import { createAuthWorld, linkOf, openLink, PASSWORD } from "./auth-world.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const world = await createAuthWorld(27720, { enable_confirmations: "true" });
const { sql, connect, newEmail } = world;
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());

const signUp = (email: string) =>
  connect().auth.signUp({
    email,
    password: PASSWORD,
    options: { emailRedirectTo: `${world.env.WEB_URL}/confirm-email` },
  });
const signIn = (email: string) => connect().auth.signInWithPassword({ email, password: PASSWORD });
const waitOut = (email: string) =>
  sql`update auth.users set confirmation_sent_at = now() - interval '1 minute' where email = ${email}`;

Deno.test("sign-up opens no session, and the link in the mail does", options, async () => {
  const email = newEmail();
  const { data, error } = await signUp(email);
  assert.equal(error, null);
  assert.equal(data.session, null);
  assert.equal(data.user!.email, email);
  const early = await signIn(email);
  assert.deepEqual([early.error!.status, early.error!.code], [400, "email_not_confirmed"]);

  const link = linkOf(await world.lastMail(email));
  const { target, outcome } = await openLink(link);
  assert.equal(target, `${world.env.WEB_URL}/confirm-email`);
  assert.equal(outcome.get("type"), "signup");
  assert.equal((await connect().auth.getUser(outcome.get("access_token")!)).data.user!.email, email);
  assert.equal((await signIn(email)).error, null);
  assert.equal((await openLink(link)).outcome.get("error_code"), "otp_expired");
});

Deno.test("resend sends another link, which replaces the first", options, async () => {
  const email = newEmail();
  await signUp(email);
  const first = linkOf(await world.lastMail(email));
  const early = await connect().auth.resend({ type: "signup", email });
  assert.deepEqual([early.error!.status, early.error!.code], [429, "over_email_send_rate_limit"]);
  await waitOut(email);
  assert.equal((await connect().auth.resend({ type: "signup", email })).error, null);
  const second = linkOf(await world.lastMail(email, 2));
  assert.equal((await openLink(first)).outcome.get("error_code"), "otp_expired");
  assert.ok((await openLink(second)).outcome.get("access_token"));
});

Deno.test("resend for nobody or a confirmed account says and sends nothing", options, async () => {
  const email = newEmail();
  assert.equal((await connect().auth.resend({ type: "signup", email })).error, null);
  await signUp(email);
  await openLink(linkOf(await world.lastMail(email)));
  await waitOut(email);
  assert.equal((await connect().auth.resend({ type: "signup", email })).error, null);
  assert.equal(await world.countMails(email), 1);
});

Deno.test("an expired confirmation link is refused", options, async () => {
  const email = newEmail();
  await signUp(email);
  await sql`update auth.users set confirmation_sent_at = now() - interval '61 minutes' where email = ${email}`;
  const { target, outcome } = await openLink(linkOf(await world.lastMail(email)));
  assert.equal(target, `${world.env.WEB_URL}/confirm-email`);
  assert.equal(outcome.get("error_code"), "otp_expired");
});

Deno.test(
  "signing up again with a confirmed address looks like a new account and changes nothing",
  options,
  async () => {
    const email = newEmail();
    await signUp(email);
    await openLink(linkOf(await world.lastMail(email)));
    const { data, error } = await connect().auth.signUp({ email, password: "a stranger's password" });
    assert.equal(error, null);
    assert.equal(data.session, null);
    assert.deepEqual(data.user!.identities, []);
    assert.equal((await signIn(email)).error, null);
  },
);

Deno.test("signing up again before confirming sends the link again", options, async () => {
  const email = newEmail();
  await signUp(email);
  await waitOut(email);
  assert.equal((await signUp(email)).error, null);
  assert.ok((await openLink(linkOf(await world.lastMail(email, 2)))).outcome.get("access_token"));
});
