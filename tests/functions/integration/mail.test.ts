import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";

interface Mail {
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  created_at: string;
  headers: Record<string, string>;
}

const { env, stop, killFunction } = await startStack({ basePort: PORTS.mail });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const fault = (more: Record<string, string | number>) =>
  control.fault({ service: "resend", method: "POST", path: "/emails", ...more });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});
Deno.test.beforeEach(async () => {
  await control.clearFaults();
  await sql`update private.mail_gate set closed_until = null, next_at = now()`;
});

async function addressOf({ id }: TestAccount): Promise<string> {
  const [row] = await sql<{ email: string }[]>`select email from auth.users where id = ${id}`;
  return row!.email;
}

async function mailsTo(account: TestAccount): Promise<Mail[]> {
  const address = await addressOf(account);
  const mails: Mail[] = await (await fetch(`${env.SANDBOX_URL}/__sandbox/mails`)).json();
  return mails.filter(({ to, from }) => to.includes(address) && from.includes("notices@"));
}

const tell = (account: TestAccount, title: string, groupKey: string | null = null) =>
  sql`
    insert into public.notifications (user_id, kind, title, body, link_path, group_key)
    values (${account.id}, 'publish.failed', ${title}, 'What to do.', '/posts', ${groupKey})`;

const readMail = async (account: TestAccount) =>
  (await sql`select * from private.mail_outbox where user_id = ${account.id} order by id desc limit 1`)[0]!;

const waitFor = (account: TestAccount, status: string) =>
  poll(`a mail that is ${status}`, async () => {
    const mail = await readMail(account);
    return mail.status === status && mail;
  }, 60_000);

/** Ends the lease of a worker that died, as time would. */
const endLeases = () =>
  sql`update private.mail_outbox set lease_until = now(), send_at = now() where lease_until is not null`;

Deno.test("Mail: a notice becomes one mail that leads to the app and is escaped", async () => {
  const account = await createAccount(env);
  await tell(account, 'A <b>bold</b> & "quoted" title');
  await waitFor(account, "sent");
  const [mail, ...more] = await mailsTo(account);
  assert.equal(more.length, 0);
  assert.equal(mail!.subject, 'A <b>bold</b> & "quoted" title');
  assert.ok(mail!.html.includes("A &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot; title"));
  assert.ok(!mail!.html.includes("<b>bold"));
  assert.ok(mail!.text.includes(`${env.WEB_URL}/posts`));
  assert.ok(mail!.html.includes(`href="${env.WEB_URL}/settings/notifications"`));
  assert.equal(mail!.headers["List-Unsubscribe"], `<${env.WEB_URL}/settings/notifications>`);
});

Deno.test("Mail: many notices of one action are one mail", async () => {
  const account = await createAccount(env);
  for (let i = 0; i < 6; i++) await tell(account, `Video ${i}`, "bulk:x");
  await waitFor(account, "sent");
  const mails = await mailsTo(account);
  assert.equal(mails.length, 1);
  assert.equal(mails[0]!.subject, "6 things need you");
  for (let i = 0; i < 6; i++) assert.ok(mails[0]!.text.includes(`Video ${i}`));
});

Deno.test("Mail: a lost answer is asked for again, and the mail is there once", async () => {
  const account = await createAccount(env);
  await fault({ kind: "lost_answer", times: 1 });
  await tell(account, "Once");
  const { attempts } = await waitFor(account, "sent");
  assert.equal(attempts, 1);
  assert.equal((await mailsTo(account)).length, 1);
});

Deno.test("Mail: a worker killed in the call is followed by one that sends nothing twice", async () => {
  const account = await createAccount(env);
  const before = await countCalls();
  await fault({ kind: "slow_processing", value: 10_000, times: 1 });
  await tell(account, "Killed");
  await poll("the call", async () => {
    const faults: { fired: number }[] = await (await fetch(`${env.SANDBOX_URL}/__sandbox/faults`)).json();
    return faults.some(({ fired }) => fired > 0);
  });
  await killFunction("account");
  await endLeases();
  await waitFor(account, "sent");
  // The first call goes on at the service, as in reality.
  await poll("the end of both calls", async () => await countCalls() >= before + 2);
  assert.equal((await mailsTo(account)).length, 1);
});

Deno.test("Mail: a service that is busy with the same mail, down or over its rate is asked later", async () => {
  const account = await createAccount(env);
  await fault({ kind: "status", value: 409, times: 1 });
  await fault({ kind: "status", value: 500, times: 1, skip: 1 });
  await fault({ kind: "rate_limit", value: 1, times: 1, skip: 2 });
  await tell(account, "Patience");
  const mail = await waitFor(account, "sent");
  assert.equal(mail.attempts, 1, "only the failure counts");
  assert.equal((await mailsTo(account)).length, 1);
});

Deno.test("Mail: a day that is used up stops all mails for hours, and none is lost", async () => {
  const account = await createAccount(env);
  await control.set({ service: "resend", mails_per_day: 0 });
  await tell(account, "Tomorrow");
  const [gate] = await poll("a closed gate", async () => {
    const rows = await sql`
      select closed_because, closed_until - now() as left from private.mail_gate
      where closed_until > now() + interval '30 minutes'`;
    return rows.length > 0 && rows;
  }, 30_000);
  assert.equal(gate!.closed_because, "daily_quota_exceeded");
  await control.set({ service: "resend", mails_per_day: null });
  await sql`update private.mail_gate set closed_until = null`;
  await waitFor(account, "sent");
  assert.equal((await mailsTo(account)).length, 1);
});

Deno.test("Mail: what the service never takes is parked with its reason", async () => {
  const account = await createAccount(env);
  await fault({ kind: "status", value: 422, times: 1 });
  await tell(account, "Refused");
  const mail = await waitFor(account, "failed");
  assert.equal(mail.error_code, "invalid_parameter");
  assert.equal((await mailsTo(account)).length, 0);
});

Deno.test("Mail: a sender that is not verified stops all mails until an operator mends it", async () => {
  const account = await createAccount(env);
  await control.set({ service: "resend", unverified_domains: "cliprelay.local" });
  await tell(account, "Unverified");
  await poll("a closed gate", async () => {
    const [gate] = await sql`select closed_until > now() as closed from private.mail_gate`;
    return gate!.closed === true;
  }, 30_000);
  assert.equal((await readMail(account)).status, "sending");
  await control.set({ service: "resend", unverified_domains: null });
  await sql`update private.mail_gate set closed_until = null`;
  await waitFor(account, "sent");
  assert.equal((await mailsTo(account)).length, 1);
});

Deno.test("Mail: a burst goes out at two a second and earns no refusal", async () => {
  const accounts = await Promise.all(Array.from({ length: 12 }, () => createAccount(env)));
  const before = await countCalls(429);
  await Promise.all(accounts.map((account) => tell(account, "Burst")));
  // Two workers at once hold the same pace.
  await sql`select private.call_function('account/internal/send-mails') from generate_series(1, 3)`;
  for (const account of accounts) await waitFor(account, "sent");
  const times = (await Promise.all(accounts.map(mailsTo)))
    .map((mails) => (assert.equal(mails.length, 1), Date.parse(mails[0]!.created_at))).toSorted((a, b) =>
      a - b
    );
  assert.ok(times.at(-1)! - times[0]! >= 11 * 400, `${times.at(-1)! - times[0]!} ms for 12 mails`);
  assert.equal(await countCalls(429), before);
});

/** Calls of the mail service that have ended, with this status. */
async function countCalls(wanted?: number): Promise<number> {
  return (await control.requests())
    .filter(({ route, status }) => route.includes("/emails") && (wanted === undefined || status === wanted))
    .reduce((sum, { count }) => sum + count, 0);
}
