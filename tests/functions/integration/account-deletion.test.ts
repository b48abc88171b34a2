import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { eventually } from "../../support/eventually.ts";
import { createWorld } from "../../privacy/support/world.ts";
import { createAccount, createOperator, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes, openUpload } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";

const PASSWORD = "correct-horse-battery";

const world = await createWorld(PORTS.account);
const { env, sql, owner, stranger } = world;
const control = createControl(env.SANDBOX_URL!);
const operator = createOperator(env);
const jpeg = new Blob([new Uint8Array(2000)], { type: "image/jpeg" });
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());
const isSerial = { sanitizeOps: false, sanitizeResources: false };

const emailOf = async (account: TestAccount) => {
  const [row] = await sql`select email from auth.users where id = ${account.id}`;
  return row!.email as string;
};

const askToDelete = async (account: TestAccount, more: Record<string, unknown> = {}) =>
  await callFunction(env, account, "POST", "account/delete", {
    body: { email: await emailOf(account), ...more },
  });

/** Leaves the job of a deletion behind. A run may be on its way: none sees the job before `prepare` is done with it. */
const leaveJob = (account: TestAccount, prepare: (tx: TransactionSql) => Promise<unknown>) =>
  sql.begin(async (tx) => {
    await tx`select private.request_account_deletion(${account.id})`;
    await prepare(tx);
  });

/** Leaves a job that waits for `runNow`. */
const leaveWaitingJob = (account: TestAccount) =>
  leaveJob(account, (tx) =>
    tx`
      update private.account_deletions set next_attempt_at = now() + interval '1 hour' where user_id = ${account.id}`);

async function runNow(account: TestAccount): Promise<void> {
  await sql`update private.account_deletions set next_attempt_at = now() where user_id = ${account.id}`;
  await sql`select private.call_function('account/internal/delete-accounts')`;
}

/** Every row of every table that mentions this account in any column, by table. */
async function countMentions(userId: string, email: string): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private', 'auth', 'storage') and c.relkind = 'r'`;
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe(
      `select count(*)::int as count from ${name} as t where t::text like $1 or t::text ilike $2`,
      [`%${userId}%`, `%${email}%`],
    );
    if (row!.count > 0) found[name] = row!.count;
  }
  return found;
}

async function untilGone(userId: string): Promise<void> {
  await eventually("the deletion is done", async () => {
    const [job] = await sql`select * from private.account_deletions where user_id = ${userId}`;
    const [user] = await sql`select from auth.users where id = ${userId}`;
    if (job?.last_error) throw new Error(`step ${job.step}: ${job.last_error}`);
    return !job && !user;
  }, 60_000);
}

Deno.test(
  "Deletion: another address, a wrong password and an old session are refused",
  isSerial,
  async () => {
    const account = await createAccount(env);
    const other = await callFunction(env, account, "POST", "account/delete", {
      body: { email: "somebody@example.com" },
    });
    assert.deepEqual([other.status, other.body.code], [422, "account_email_differs"]);
    const wrong = await askToDelete(account, { password: "not it at all" });
    assert.deepEqual([wrong.status, wrong.body.code], [422, "password_wrong"]);

    await sql`update auth.sessions set created_at = now() - interval '16 minutes' where user_id = ${account.id}`;
    const old = await askToDelete(account);
    assert.deepEqual([old.status, old.body.code], [403, "recent_sign_in_required"]);
    const [user] = await sql`select from auth.users where id = ${account.id}`;
    assert.ok(user, "nothing was deleted");
  },
);

Deno.test("Deletion: an ended session cannot ask for it", isSerial, async () => {
  const account = await createAccount(env);
  await sql`delete from auth.sessions where user_id = ${account.id}`;
  const answer = await askToDelete(account);
  assert.deepEqual([answer.status, answer.body.code], [401, "invalid_credentials"]);
});

Deno.test("Deletion: nothing of the account is left anywhere, and others keep theirs", isSerial, async () => {
  const email = await emailOf(owner);
  for (const name of ["a.jpg", "b.jpg"]) {
    const { error } = await owner.client.storage.from("posters").upload(`${owner.id}/${name}`, jpeg);
    assert.equal(error, null);
  }
  await stranger.client.storage.from("posters").upload(`${stranger.id}/a.jpg`, jpeg);
  const before = await countMentions(owner.id, email);
  for (
    const table of ["auth.users", "auth.audit_log_entries", "private.onedrive_tokens", "storage.objects"]
  ) {
    assert.ok(before[table], `${table} is in ${Object.keys(before)}`);
  }
  const strangersBefore = await countMentions(stranger.id, await emailOf(stranger));

  const answer = await askToDelete(owner);
  assert.deepEqual([answer.status, answer.body.status], [200, "deleting"]);
  await untilGone(owner.id);

  assert.deepEqual(await countMentions(owner.id, email), {});
  assert.deepEqual(await countMentions(stranger.id, await emailOf(stranger)), strangersBefore);
  const { data: files } = await operator.storage.from("posters").list(owner.id);
  assert.deepEqual(files, []);
  const uploadState = await fetch(world.owned.uploadUrl);
  await uploadState.body?.cancel();
  assert.equal(uploadState.status, 404, "OneDrive dropped the unfinished upload");
  const kept = (await control.files()).filter(({ account }) => account === world.owned.accountName);
  assert.ok(kept.length > 0, "finished files stay in the user's OneDrive");
});

Deno.test("Deletion: the unexpired token of a deleted user writes nothing", isSerial, async () => {
  const account = await createAccount(env);
  assert.equal((await askToDelete(account, { password: PASSWORD })).status, 200);
  await untilGone(account.id);

  const poster = await account.client.storage.from("posters").upload(`${account.id}/late.jpg`, jpeg);
  assert.ok(poster.error, "no object");
  const product = await account.client.from("sourced_products")
    .insert({ asin: "B0LATE0001", marketplace: "US", title: "Late" });
  assert.ok(product.error, "no row");
  const upload = await callFunction(env, account, "POST", "onedrive/upload-url", {
    body: { filename: "a.mp4", size: 1, mime_type: "video/mp4", fingerprint: "ab".repeat(32) },
  });
  assert.ok(upload.status >= 400 && upload.status < 500, String(upload.status));
  assert.equal((await askAgain(account)).status, 401);
  const refreshed = await account.client.auth.refreshSession();
  assert.equal(refreshed.error!.code, "refresh_token_not_found");
  assert.deepEqual(await countObjects(account.id), 0);
});

const askAgain = (account: TestAccount) =>
  callFunction(env, account, "POST", "account/delete", { body: { email: "x@example.com" } });

async function countObjects(userId: string): Promise<number> {
  const [row] = await sql`
    select count(*)::int as count from storage.objects where name like ${`${userId}/%`}`;
  return row!.count;
}

Deno.test("Deletion: a closed account cannot be signed in to while its job waits", isSerial, async () => {
  const account = await createAccount(env);
  const email = await emailOf(account);
  await leaveWaitingJob(account);
  const { error } = await account.client.auth.signInWithPassword({ email, password: PASSWORD });
  assert.equal(error!.code, "user_banned");
  const poster = await account.client.storage.from("posters").upload(`${account.id}/late.jpg`, jpeg);
  assert.ok(poster.error, "the token of before stores nothing");
  await runNow(account);
  await untilGone(account.id);
});

for (const step of ["uploads", "tokens", "objects", "user", "leftovers"]) {
  Deno.test(`Deletion: a crash before the step ${step} is made good by the next run`, isSerial, async () => {
    const account = await createAccount(env);
    const email = await emailOf(account);
    await account.client.storage.from("posters").upload(`${account.id}/a.jpg`, jpeg);
    // What a function that was killed leaves behind: the step it had begun, and a lease that ends.
    await leaveJob(account, async (tx) => {
      if (step === "leftovers") await tx`delete from auth.users where id = ${account.id}`;
      await tx`
        update private.account_deletions
        set step = ${step}, lease_token = gen_random_uuid(), lease_until = now() + interval '1 second', attempts = 1
        where user_id = ${account.id}`;
    });
    await eventually("the lease ends", async () => {
      const held = await sql`
        select from private.account_deletions where user_id = ${account.id} and lease_until >= now()`;
      return held.length === 0;
    });
    await sql`select private.call_function('account/internal/delete-accounts')`;
    await untilGone(account.id);
    assert.deepEqual(await countMentions(account.id, email), {});
  });
}

Deno.test("Deletion: a step that fails is tried again later, from that step on", isSerial, async () => {
  const account = await createAccount(env);
  await leaveWaitingJob(account);
  await sql`create function private.refuse() returns trigger language plpgsql as $$ begin
    raise sqlstate 'PT503' using message = 'not now', detail = 'temporarily_unavailable'; end $$`;
  await sql`create trigger refuse before delete on public.profiles for each row execute function private.refuse()`;
  await runNow(account);
  const job = await eventually("the failure is on record", async () => {
    const [row] = await sql`
      select step, last_error, next_attempt_at > now() as waits, lease_token
      from private.account_deletions where user_id = ${account.id} and last_error is not null`;
    return row;
  });
  assert.deepEqual([job.step, job.waits, job.lease_token], ["user", true, null]);
  await sql`drop trigger refuse on public.profiles`;
  await sql`drop function private.refuse()`;
  await runNow(account);
  await untilGone(account.id);
});

Deno.test(
  "Deletion: a user who is gone already is no obstacle, one who is still there is",
  isSerial,
  async () => {
    const gone = await createAccount(env);
    await leaveJob(gone, async (tx) => {
      await tx`update private.account_deletions set step = 'user' where user_id = ${gone.id}`;
      await tx`delete from auth.users where id = ${gone.id}`;
    });
    const here = await createAccount(env);
    await leaveJob(
      here,
      (tx) => tx`update private.account_deletions set step = 'leftovers' where user_id = ${here.id}`,
    );
    await sql`select private.call_function('account/internal/delete-accounts')`;
    await untilGone(gone.id);
    const job = await eventually("the job waits for its next try", async () => {
      const [row] = await sql`
      select last_error, next_attempt_at > now() as waits from private.account_deletions
      where user_id = ${here.id} and lease_token is null and last_error is not null`;
      return row;
    });
    assert.ok(job.waits);
    await sql`
    update private.account_deletions set step = 'user', last_error = null, next_attempt_at = now()
    where user_id = ${here.id}`;
    await sql`select private.call_function('account/internal/delete-accounts')`;
    await untilGone(here.id);
  },
);

Deno.test(
  "Deletion: an upload OneDrive does not let go of holds it up three times, no longer",
  isSerial,
  async () => {
    const account = await createAccount(env);
    await connect(env, account);
    const opened = await openUpload(env, account, createBytes(900_000, 3));
    assert.equal(opened.status, 200, JSON.stringify(opened.body));
    await control.fault({ method: "DELETE", path: "*", kind: "status", value: 503, times: 100 });
    await leaveWaitingJob(account);
    for (let attempt = 1; attempt <= 2; attempt++) {
      await runNow(account);
      await eventually(`attempt ${attempt} is postponed`, async () => {
        const [job] = await sql`
        select from private.account_deletions
        where user_id = ${account.id} and step = 'uploads' and attempts = ${attempt} and lease_token is null`;
        return job;
      });
    }
    await runNow(account);
    await untilGone(account.id);
    await control.clearFaults();
  },
);

Deno.test("Deletion: objects of users who are gone are swept", isSerial, async () => {
  const nobody = crypto.randomUUID();
  const { error } = await operator.storage.from("posters").upload(`${nobody}/left.jpg`, jpeg);
  assert.equal(error, null);
  await sql`update storage.objects set created_at = now() - interval '2 hours' where name like ${`${nobody}/%`}`;
  await sql`select private.call_function('account/internal/sweep-objects')`;
  await eventually("the object is gone", async () => await countObjects(nobody) === 0);
  assert.equal(await countObjects(stranger.id), 1, "those of others stay");
});
