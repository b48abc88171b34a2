import assert from "node:assert/strict";
import { addFamily, addUser, addVideo } from "../support/fixtures.ts";
import { addFilledAccount } from "../support/filled-account.ts";
import type { Scenario } from "./scenario.ts";

/** The snippets about accounts, limits, jobs, keys and objects. */
export const ENGINE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "find-user": async ({ sql, run }) => {
    const userId = await addUser(sql);
    const [{ email } = { email: "" }] = await sql`select email from auth.users where id = ${userId}`;
    const rows = await run({ "e-mail address": String(email).toUpperCase() });
    assert.deepEqual(rows.map(({ id }) => id), [userId]);
  },

  "look-at-account": async ({ sql, run }) => {
    const userId = await addFilledAccount(sql);
    await addFilledAccount(sql);
    await sql`
      update public.user_onedrive_connections
      set status = 'error', last_error_code = 'temporarily_unavailable', account_email = 'ann@example.com'
      where user_id = ${userId}`;
    const [row] = await run({ "user id": userId });
    const { tasks, ...rest } = row!;
    assert.deepEqual(rest, {
      onedrive: "error (temporarily_unavailable)",
      onedrive_account: "ann@example.com",
      products: "1",
      videos: "1",
      unreachable_videos: "0",
      open_uploads: "1",
      queues_at_once: true,
    });
    assert.ok((tasks as { pending: number }).pending > 0);
  },

  "forget-rate-limits": async ({ sql, run }) => {
    const userId = await addUser(sql);
    const stranger = await addUser(sql);
    const take = async (subject: string) =>
      (await sql`select public.take_rate_limit(${subject}, 'route', 1, 3600) as wait`)[0]!.wait as number;
    for (const subject of [userId, stranger]) {
      await take(subject);
      assert.ok(await take(subject) > 0);
    }
    await run({ "user id": userId });
    assert.equal(await take(userId), 0);
    assert.ok(await take(stranger) > 0);
  },

  "look-at-jobs": async ({ sql, careless, run }) => {
    await careless`
      insert into cron.job_run_details (jobid, status, return_message, start_time, end_time)
      select jobid, 'failed', 'ERROR: broken', now(), now() from cron.job where jobname = 'prune-rate-limits'`;
    const rows = await run();
    const [{ count } = { count: 0 }] = await sql`select count(*)::int from cron.job`;
    assert.equal(rows.length, count);
    const broken = rows.find(({ jobname }) => jobname === "prune-rate-limits")!;
    assert.deepEqual([broken.failures, broken.last_failure], ["1", "ERROR: broken"]);
    assert.ok(broken.last_run instanceof Date);
  },

  "look-at-answers": async ({ careless, run }) => {
    await careless`
      insert into net._http_response (id, status_code, content, error_msg)
      values (1, 202, '{}', null), (2, 401, '{"code":"invalid_credentials"}', null), (3, null, null, 'Timeout')`;
    assert.deepEqual(new Set((await run()).map(({ status_code }) => status_code)), new Set([401, null]));
  },

  "look-at-vault": async ({ sql, run }) => {
    const ensure = async (name: string) => {
      const [stored] = await sql`select from vault.secrets where name = ${name}`;
      if (!stored) await sql`select vault.create_secret('some value', ${name})`;
    };
    await ensure("project_url");
    await ensure("cron_secret");
    assert.deepEqual(new Set((await run()).map(({ name }) => name)), new Set(["project_url", "cron_secret"]));
  },

  "schedule-jobs": async ({ sql, run }) => {
    const read = () => sql`select jobname, schedule, command, active from cron.job order by jobname`;
    const before = await read();
    await sql`select cron.unschedule(jobname) from cron.job`;
    assert.equal((await read()).length, 0);
    await run();
    assert.deepEqual([...await read()], [...before]);
    await run();
    assert.deepEqual([...await read()], [...before], "twice is as good as once");
  },

  "rotate-cron-secret": async ({ sql, run }) => {
    const [stored] = await sql`select from vault.secrets where name = 'cron_secret'`;
    if (!stored) await sql`select vault.create_secret('old value', 'cron_secret')`;
    await run({ "new value": "it's new" });
    const [row] = await sql`select decrypted_secret from vault.decrypted_secrets where name = 'cron_secret'`;
    assert.equal(row!.decrypted_secret, "it's new");
  },

  "find-orphaned-posters": async ({ sql, careless, run }) => {
    const { userId, videoId } = await addFamily(sql);
    const gone = await addVideo(sql, userId);
    for (const id of [videoId, gone]) {
      await careless`
        insert into storage.objects (bucket_id, name, owner_id)
        values ('posters', ${`${userId}/${id}.jpg`}, ${userId})`;
    }
    await sql`delete from public.product_videos where id = ${gone}`;
    assert.deepEqual((await run()).map(({ name }) => name), [`${userId}/${gone}.jpg`]);
  },

  "look-at-deletions": async ({ sql, run }) => {
    const userId = await addUser(sql);
    await sql`
      insert into private.account_deletions (user_id, step, attempts, last_error)
      values (${userId}, 'objects', 3, 'Storage is away.')`;
    const row = (await run()).find((each) => each.user_id === userId)!;
    assert.deepEqual([row.step, row.attempts, row.last_error], ["objects", 3, "Storage is away."]);
  },

  "retry-deletion": async ({ sql, run }) => {
    const userId = await addUser(sql);
    await sql`
      insert into private.account_deletions (user_id, step, next_attempt_at, lease_token, lease_until)
      values (${userId}, 'tokens', now() + interval '1 hour', gen_random_uuid(), now() + interval '1 hour')`;
    await run({ "user id": userId });
    const claimed = await sql`select user_id, step from public.claim_account_deletions(1000, 60)`;
    assert.ok(claimed.some((row) => row.user_id === userId && row.step === "tokens"));
  },

  "delete-account": async ({ sql, run }) => {
    const userId = await addFilledAccount(sql);
    await run({ "user id": userId });
    const [user] = await sql`select banned_until > now() as is_banned from auth.users where id = ${userId}`;
    assert.equal(user!.is_banned, true);
    assert.equal((await sql`select from private.account_deletions where user_id = ${userId}`).length, 1);
  },
};
