import assert from "node:assert/strict";
import { decodeJwt } from "jose";
import { createAuthWorld, linkOf, openLink, PASSWORD } from "./auth-world.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const world = await createAuthWorld(27740, { max_frequency: '"1ms"' });
const { sql, connect, newEmail, administrator } = world;
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());

async function signUp() {
  const email = newEmail();
  const client = connect();
  const { data, error } = await client.auth.signUp({ email, password: PASSWORD });
  assert.equal(error, null);
  return { email, client, session: data.session! };
}

const redeem = (
  hash: string,
  type: "signup" | "invite" | "magiclink" | "recovery" | "email" | "email_change",
) => connect().auth.verifyOtp({ token_hash: hash, type });

Deno.test("a signup link makes an account that its link confirms", options, async () => {
  const email = newEmail();
  const { data, error } = await administrator().auth.admin.generateLink({
    type: "signup",
    email,
    password: PASSWORD,
    options: { data: { display_name: "Made" } },
  });
  assert.equal(error, null);
  assert.equal(data.user!.user_metadata.display_name, "Made");
  assert.equal(
    (await connect().auth.signInWithPassword({ email, password: PASSWORD })).error!.code,
    "email_not_confirmed",
  );
  assert.equal((await redeem(data.properties!.hashed_token, "signup")).data.user!.email, email);
  assert.equal((await connect().auth.signInWithPassword({ email, password: PASSWORD })).error, null);
  const again = await administrator().auth.admin.generateLink({ type: "signup", email, password: PASSWORD });
  assert.deepEqual([again.error!.status, again.error!.code], [422, "email_exists"]);
  assert.equal(await world.countMails(email), 0, "no mail is sent");
});

Deno.test("an invite link makes an account and signs it in", options, async () => {
  const email = newEmail();
  const { data } = await administrator().auth.admin.generateLink({ type: "invite", email });
  assert.equal(data.properties!.verification_type, "invite");
  const { outcome } = await openLink(data.properties!.action_link);
  assert.ok(outcome.get("access_token"));
  assert.equal((await redeem(data.properties!.hashed_token, "invite")).error!.code, "otp_expired");
});

Deno.test("magic and recovery links open a session of their own, once", options, async () => {
  const { email, session } = await signUp();
  for (const type of ["magiclink", "recovery"] as const) {
    const { data } = await administrator().auth.admin.generateLink({ type, email });
    const opened = await redeem(data.properties!.hashed_token, type === "magiclink" ? "email" : type);
    assert.equal(opened.error, null);
    assert.notEqual(
      decodeJwt(opened.data.session!.access_token).session_id,
      decodeJwt(session.access_token).session_id,
    );
    assert.equal((await redeem(data.properties!.hashed_token, type)).error!.code, "otp_expired");
  }
});

Deno.test("a newer link of a kind replaces the older, and an old one expires", options, async () => {
  const { email } = await signUp();
  const make = async () =>
    (await administrator().auth.admin.generateLink({ type: "magiclink", email })).data.properties!
      .hashed_token;
  const first = await make();
  const second = await make();
  assert.equal((await redeem(first, "email")).error!.code, "otp_expired");
  await sql`update auth.users set recovery_sent_at = now() - interval '61 minutes' where email = ${email}`;
  assert.equal((await redeem(second, "email")).error!.code, "otp_expired");
});

Deno.test("a magic link for nobody makes the account, a recovery link does not", options, async () => {
  const email = newEmail();
  const recovery = await administrator().auth.admin.generateLink({ type: "recovery", email });
  assert.deepEqual([recovery.error!.status, recovery.error!.code], [404, "user_not_found"]);
  const magic = await administrator().auth.admin.generateLink({ type: "magiclink", email });
  assert.equal(magic.data.properties!.verification_type, "signup");
  assert.equal((await redeem(magic.data.properties!.hashed_token, "signup")).data.user!.email, email);
});

Deno.test("an address changes once both links were opened", options, async () => {
  const { email } = await signUp();
  const newAddress = newEmail();
  const admin = administrator().auth.admin;
  const current = await admin.generateLink({ type: "email_change_current", email, newEmail: newAddress });
  const fresh = await admin.generateLink({ type: "email_change_new", email, newEmail: newAddress });
  const first = await redeem(current.data.properties!.hashed_token, "email_change");
  assert.equal(first.error, null);
  assert.equal(first.data.session, null);
  assert.equal(
    (await redeem(current.data.properties!.hashed_token, "email_change")).error!.code,
    "otp_expired",
  );
  const second = await redeem(fresh.data.properties!.hashed_token, "email_change");
  assert.equal(second.data.user!.email, newAddress);
});

Deno.test("a user who changes the address gets a mail in both mailboxes", options, async () => {
  const { email, client } = await signUp();
  const newAddress = newEmail();
  assert.equal((await client.auth.updateUser({ email: newAddress })).error, null);
  const first = await openLink(linkOf(await world.lastMail(newAddress)));
  assert.match(first.outcome.get("message")!, /other email/);
  const second = await openLink(linkOf(await world.lastMail(email)));
  assert.ok(second.outcome.get("access_token"));
  assert.equal(
    (await connect().auth.signInWithPassword({ email: newAddress, password: PASSWORD })).error,
    null,
  );
});

Deno.test("links and users are the secret key's alone, and wrong ones are named", options, async () => {
  const { client, session } = await signUp();
  const request = { type: "magiclink", email: newEmail() } as const;
  for (const intruder of [connect(), client]) {
    const link = await intruder.auth.admin.generateLink(request);
    assert.deepEqual([link.error!.status, link.error!.code], [403, "not_admin"]);
    const removal = await intruder.auth.admin.deleteUser(session.user.id);
    assert.equal(removal.error!.status, 403);
  }
  const { admin } = administrator().auth;
  assert.equal((await admin.deleteUser(crypto.randomUUID())).error!.code, "user_not_found");
  assert.equal((await admin.getUserById(crypto.randomUUID())).error!.code, "user_not_found");
  const wrong = await fetch(`${world.env.API_URL}/auth/v1/admin/generate_link`, {
    method: "POST",
    headers: { apikey: world.env.SECRET_KEY!, "content-type": "application/json" },
    body: JSON.stringify({ type: "teleport", email: newEmail() }),
  });
  assert.equal((await wrong.json()).error_code, "validation_failed");
});

Deno.test("thirty requests at once for one address end in one account and no failure", options, async () => {
  const email = newEmail();
  const call = (path: string, body: unknown) =>
    fetch(`${world.env.API_URL}/auth/v1/${path}`, {
      method: "POST",
      headers: { apikey: world.env.PUBLISHABLE_KEY!, "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(async (response) => (await response.body?.cancel(), response.status));
  const statuses = await Promise.all(
    Array.from(
      { length: 30 },
      (_, index) =>
        index % 3 === 0
          ? call("signup", { email, password: PASSWORD })
          : index % 3 === 1
          ? call("otp", { email, create_user: true })
          : call("recover", { email }),
    ),
  );
  assert.deepEqual(statuses.filter((status) => status >= 500), []);
  const [row] = await sql`select count(*)::int as count from auth.users where email = ${email}`;
  assert.equal(row!.count, 1);
});

Deno.test(
  "twelve codes at once for as many people wait for the mail service and arrive",
  options,
  async () => {
    const emails = Array.from({ length: 12 }, newEmail);
    const answers = await Promise.all(emails.map((email) => connect().auth.signInWithOtp({ email })));
    assert.deepEqual(answers.map(({ error }) => error).filter(Boolean), []);
    for (const email of emails) assert.equal(await world.countMails(email), 1);
  },
);

Deno.test("no body makes the auth server fail", options, async () => {
  const { email, session } = await signUp();
  await fetch(`${world.env.SANDBOX_URL}/__sandbox/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ service: "resend", requests_per_second: 10_000 }),
  }).then((response) => response.body?.cancel());
  const paths = [
    "signup",
    "otp",
    "magiclink",
    "recover",
    "verify",
    "resend",
    "token?grant_type=password",
    "token?grant_type=refresh_token",
    "token?grant_type=pkce",
    "admin/generate_link",
    "logout",
    "user",
  ];
  const values: unknown[] = [
    null,
    1,
    true,
    [],
    {},
    "",
    "\0",
    "\ud800",
    "x".repeat(100_000),
    "a@b",
    "'; drop table x;--",
    "é@ü.example",
    { $ne: 1 },
    -1e400,
  ];
  const fields = [
    "email",
    "password",
    "type",
    "token",
    "token_hash",
    "refresh_token",
    "data",
    "create_user",
    "nonce",
  ];
  const bodies = fields.flatMap((field) =>
    values.map((value) => ({ email, password: PASSWORD, type: "signup", [field]: value }))
  );
  const raw = ["", "{", "[]", "null", '"x"', "\0", "a=b", '{"email":"a@b.co","email":1}'];
  let count = 0;
  const failures: string[] = [];
  for (const path of paths) {
    const send = async (body: string) => {
      const response = await fetch(`${world.env.API_URL}/auth/v1/${path}`, {
        method: path === "user" ? "PUT" : "POST",
        headers: {
          apikey: path.startsWith("admin") ? world.env.SECRET_KEY! : world.env.PUBLISHABLE_KEY!,
          "content-type": "application/json",
          ...(path === "user" && { authorization: `Bearer ${session.access_token}` }),
        },
        body,
      });
      count++;
      const text = await response.text();
      if (response.status >= 500) failures.push(`${path} ${body.slice(0, 80)}: ${response.status} ${text}`);
    };
    const all = [...bodies.map((body) => JSON.stringify(body)), ...raw];
    for (let start = 0; start < all.length; start += 10) {
      await Promise.all(all.slice(start, start + 10).map(send));
    }
  }
  assert.deepEqual(failures.slice(0, 10), []);
  assert.ok(count > 1000, `${count} bodies`);
});
