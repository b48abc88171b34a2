import assert from "node:assert/strict";
import postgres from "postgres";
import { createClient } from "@supabase/supabase-js";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";
import { FIXTURE_DIR } from "./copy-dir.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
let stack: TestStack;
let sql: postgres.Sql;

Deno.test.beforeAll(async () => {
  stack = await startStack({ basePort: 26100, supabaseDir: FIXTURE_DIR });
  sql = postgres(stack.env.DB_URL!, { max: 3, onnotice: () => {} });
});
Deno.test.afterAll(async () => {
  await sql.end();
  await stack.stop();
});

async function sqlState(run: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<string> {
  try {
    await sql.begin(async (tx) => {
      await run(tx);
      throw new Error("allowed");
    });
  } catch (error) {
    return (error as { code?: string; message: string }).code ?? (error as Error).message;
  }
  return "unreachable";
}

async function answerOf(id: string): Promise<postgres.Row> {
  return await eventually(`the answer to request ${id}`, async () => {
    const [row] = await sql`select * from net._http_response where id = ${id}`;
    return row;
  });
}

Deno.test("migrations run as postgres, who is no superuser", options, async () => {
  const [role] = await sql`
    select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user`;
  assert.deepEqual({ ...role }, {
    rolname: "postgres",
    rolsuper: false,
    rolbypassrls: true,
    rolcreaterole: true,
  });
  const [{ owner }] = await sql`select tableowner as owner from pg_tables where tablename = 'notes'` as [
    { owner: string },
  ];
  assert.equal(owner, "postgres");
});

Deno.test("each migration is recorded with its statements", options, async () => {
  const [row] = await sql`select version, name, statements from supabase_migrations.schema_migrations`;
  assert.equal(row!.version, "20260101000100");
  assert.equal(row!.name, "create_notes");
  assert.equal(row!.statements[0], "create extension if not exists pg_cron with schema pg_catalog");
  assert.equal((await sql`select path from supabase_migrations.seed_files`)[0]!.path, "supabase/seed.sql");
});

Deno.test("the extensions are there under their hosted versions", options, async () => {
  const rows = await sql`
    select extname, extversion from pg_extension where extname in ('pg_cron', 'pg_net', 'supabase_vault', 'pgcrypto')
    order by extname`;
  assert.deepEqual(rows.map((row) => [row.extname, row.extversion]), [
    ["pg_cron", "1.6.4"],
    ["pg_net", "0.20.4"],
    ["pgcrypto", "1.3"],
    ["supabase_vault", "0.3.1"],
  ]);
});

Deno.test("auth helpers read both forms of the claims", options, async () => {
  const id = crypto.randomUUID();
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${
      JSON.stringify({ sub: id, role: "authenticated", email: "a@b.c" })
    }, true)`;
    const [row] = await tx`select auth.uid() as uid, auth.role() as role, auth.email() as email`;
    assert.deepEqual({ ...row }, { uid: id, role: "authenticated", email: "a@b.c" });
    await tx`select set_config('request.jwt.claim.sub', ${crypto.randomUUID()}, true)`;
    assert.notEqual((await tx`select auth.uid() as uid`)[0]!.uid, id);
  });
});

Deno.test("a seed may write users, and their metadata is an object", options, async () => {
  const metadata = await sql`
    insert into auth.users (id, email, raw_user_meta_data) values (gen_random_uuid(), 'seed@example.test', '{"a": 1}')
    returning raw_user_meta_data ->> 'a' as a`;
  assert.equal(metadata[0]!.a, "1");
  const client = createClient(stack.env.API_URL!, stack.env.PUBLISHABLE_KEY!, {
    auth: { persistSession: false },
  });
  await client.auth.signUp({ email: "object@example.test", password: "long enough" });
  const [stored] = await sql`
    select jsonb_typeof(raw_user_meta_data) as kind, raw_app_meta_data ->> 'provider' as provider
    from auth.users where email = 'object@example.test'`;
  assert.deepEqual({ ...stored }, { kind: "object", provider: "email" });
});

Deno.test("a cron job calls a function through pg_net", options, async () => {
  const [{ id }] = await sql`
    select cron.schedule('say-hello', '1 second', $job$
      select net.http_post(
        url := (select decrypted_secret from vault.decrypted_secrets where name = 'project_url')
          || '/functions/v1/hello/from-cron',
        body := '{"from": "cron"}',
        timeout_milliseconds := 5000)
    $job$) as id` as [{ id: string }];
  const run = await eventually("a finished run", async () => {
    const [row] = await sql`select * from cron.job_run_details where jobid = ${id} and status = 'succeeded'`;
    return row;
  });
  assert.equal(run.return_message, "1 row");
  assert.equal(run.username, "postgres");
  assert.ok(run.end_time >= run.start_time && run.job_pid > 0);
  const answer = await eventually("the function's answer", async () => {
    const [row] = await sql`select * from net._http_response where content like '%from-cron%'`;
    return row;
  });
  assert.equal(answer.status_code, 200);
  const seen = JSON.parse(answer.content);
  assert.deepEqual([seen.method, JSON.parse(seen.body)], ["POST", { from: "cron" }]);
  assert.equal(seen.headers["content-type"], "application/json");
  assert.equal((await sql`select cron.unschedule('say-hello') as gone`)[0]!.gone, true);
});

Deno.test("a named job is replaced, not doubled", options, async () => {
  const schedule = (when: string) => sql`select cron.schedule('nightly', ${when}, 'select 1') as id`;
  const [first] = await schedule("0 3 * * *");
  const [second] = await schedule("30 4 $ * *");
  assert.equal(first!.id, second!.id);
  const [job] = await sql`select schedule, active, database from cron.job where jobname = 'nightly'`;
  assert.deepEqual({ ...job }, { schedule: "30 4 $ * *", active: true, database: "postgres" });
  await sql`select cron.alter_job(${first!.id}, active := false)`;
  assert.equal((await sql`select active from cron.job where jobname = 'nightly'`)[0]!.active, false);
  await sql`select cron.unschedule(${first!.id}::bigint)`;
});

Deno.test("a schedule that is none is refused", options, async () => {
  for (
    const schedule of ["60 seconds", "0 seconds", "* * * *", "61 * * * *", "* * 0 * *", "5-1 * * * *", "soon"]
  ) {
    assert.equal(
      await sqlState((tx) => tx`select cron.schedule(${schedule}, 'select 1')`),
      "22023",
      schedule,
    );
  }
  for (const schedule of ["59 seconds", "*/5 0-6 1,15 jan-mar mon", "0 0 * * 7"]) {
    assert.equal(
      await sqlState((tx) => tx`select cron.schedule(${schedule}, 'select 1')`),
      "allowed",
      schedule,
    );
  }
});

Deno.test("a failing job is written down as failed", options, async () => {
  const [{ id }] = await sql`select cron.schedule('fails', '1 second', 'select 1/0') as id` as [
    { id: string },
  ];
  const run = await eventually("the failure", async () => {
    const [row] = await sql`select * from cron.job_run_details where jobid = ${id} and status = 'failed'`;
    return row;
  });
  assert.match(run.return_message, /^ERROR: {2}division by zero/);
  await sql`select cron.unschedule('fails')`;
});

Deno.test("jobs and runs belong to whoever scheduled them", options, async () => {
  assert.equal(
    await sqlState((tx) => tx`insert into cron.job (schedule, command) values ('* * * * *', 'x')`),
    "42501",
  );
  assert.equal(await sqlState((tx) => tx`update cron.job set active = false`), "42501");
  await sql.begin(async (tx) => {
    await tx`select cron.schedule('mine', '0 0 * * *', 'select 1')`;
    await tx`grant usage on schema cron to service_role`;
    await tx`set local role service_role`;
    assert.equal(
      (await tx`select count(*)::int as n from cron.job where jobname = 'mine'`)[0]!.n,
      1,
      "bypassrls",
    );
    await tx`set local role postgres`;
    await tx`select cron.unschedule('mine')`;
  });
});

Deno.test("requests are sent after the commit only", options, async () => {
  const url = `${stack.env.API_URL}/functions/v1/hello`;
  let rolledBack = "";
  await sql.begin(async (tx) => {
    rolledBack = (await tx`select net.http_get(${url}) as id`)[0]!.id;
    throw new Error("roll back");
  }).catch(() => {});
  const [sent] = await sql`select net.http_get(${url}, params := '{"a b": "c&d"}') as id`;
  const answer = await answerOf(sent!.id);
  assert.equal(answer.status_code, 200);
  assert.match(answer.content_type, /application\/json/);
  assert.equal((await sql`select from net._http_response where id = ${rolledBack}`).length, 0);
  assert.equal((await sql`select from net.http_request_queue`).length, 0);
});

Deno.test("a bad request fails at the call", options, async () => {
  assert.equal(await sqlState((tx) => tx`select net.http_get(null)`), "22004");
  assert.equal(await sqlState((tx) => tx`select net.http_get('ftp://example.test')`), "P0001");
  assert.equal(await sqlState((tx) => tx`select net.http_get('not a url')`), "P0001");
  assert.equal(
    await sqlState((tx) =>
      tx`
      select net.http_post('http://example.test', headers := ${tx.json({ "content-type": "text/plain" })})`
    ),
    "P0001",
  );
});

Deno.test("network faults and timeouts end up in the answer", options, async () => {
  const [refused] = await sql`select net.http_get('http://127.0.0.1:26199/') as id`;
  const failed = await answerOf(refused!.id);
  assert.deepEqual([failed.status_code, failed.error_msg], [null, "Couldn't connect to server"]);
  const slow = `${stack.env.API_URL}/functions/v1/hello/slow?ms=2000`;
  const [late] = await sql`select net.http_post(${slow}, timeout_milliseconds := 200) as id`;
  const timedOut = await answerOf(late!.id);
  assert.equal(timedOut.timed_out, true);
  assert.match(timedOut.error_msg, /^Timeout of 200 ms reached/);
});

Deno.test("Vault keeps secrets encrypted and away from client roles", options, async () => {
  const [{ id }] = await sql`select vault.create_secret('s3cret', 'test', 'for a test') as id` as [
    { id: string },
  ];
  const [stored] = await sql`select secret, decrypted_secret from vault.decrypted_secrets where id = ${id}`;
  assert.equal(stored!.decrypted_secret, "s3cret");
  assert.ok(
    !stored!.secret.includes("s3cret") && !atob(stored!.secret.replaceAll("\n", "")).includes("s3cret"),
  );
  await sql`select vault.update_secret(${id}, 'changed')`;
  assert.equal(
    (await sql`select decrypted_secret as s from vault.decrypted_secrets where id = ${id}`)[0]!.s,
    "changed",
  );
  assert.equal(await sqlState((tx) => tx`select vault.create_secret('twice', 'test')`), "23505");
  for (const role of ["anon", "authenticated"]) {
    const read = await sqlState(async (tx) => {
      await tx`select set_config('role', ${role}, true)`;
      await tx`select * from vault.decrypted_secrets`;
    });
    assert.equal(read, "42501");
  }
  assert.equal(await sqlState((tx) => tx`insert into vault.secrets (secret) values ('plain')`), "42501");
  assert.equal(await sqlState((tx) => tx`select vault._crypto_key()`), "42501");
});

Deno.test("config.toml's Vault secrets are there", options, async () => {
  const rows = await sql`select name, decrypted_secret as secret from vault.decrypted_secrets
    where name in ('project_url', 'cron_secret') order by name`;
  assert.match(rows[0]!.secret, /^[0-9a-f]{64}$/);
  assert.equal(rows[1]!.secret, stack.env.API_URL);
});

Deno.test("the Data API notices a new table by itself", options, async () => {
  await sql`create table public.late (id integer primary key)`;
  await sql`grant select on public.late to anon`;
  const client = createClient(stack.env.API_URL!, stack.env.PUBLISHABLE_KEY!, {
    auth: { persistSession: false },
  });
  await eventually("the table", async () => (await client.from("late").select()).status === 200);
});
