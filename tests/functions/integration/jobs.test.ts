import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes, openUpload, sendBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { poll } from "../support/poll.ts";
import { createControl } from "../support/sandbox.ts";
import { hashOf } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.jobs });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

async function setTokenExpiry(userId: string, seconds: number): Promise<void> {
  await sql`
    update private.onedrive_tokens set expires_at = now() + make_interval(secs => ${seconds})
    where user_id = ${userId}`;
}

async function readConnection(userId: string) {
  const [row] = await sql`
    select c.status, c.last_error_code, c.token_expires_at, t.expires_at, t.refresh_lease_until
    from public.user_onedrive_connections c left join private.onedrive_tokens t on t.connection_id = c.id
    where c.user_id = ${userId}`;
  return row!;
}

/** Makes a session look untouched for an hour; the trigger on updated_at would undo a plain update. */
async function backdate(sessionId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    // Waits for a sweep that is at work with nothing in hand, so that the two never wait for each other.
    await transaction`lock table public.onedrive_upload_sessions in access exclusive mode`;
    await transaction`
      alter table public.onedrive_upload_sessions disable trigger onedrive_upload_sessions_set_updated_at`;
    await transaction`
      update public.onedrive_upload_sessions set updated_at = now() - interval '1 hour' where id = ${sessionId}`;
    await transaction`
      alter table public.onedrive_upload_sessions enable trigger onedrive_upload_sessions_set_updated_at`;
  });
}

const callJob = (name: string) => sql`select private.call_function(${`onedrive/internal/${name}`})`;

async function countTokenCalls(): Promise<number> {
  const calls = (await control.requests()).filter(({ method, route }) =>
    method === "POST" && route.endsWith("/token")
  );
  return calls.reduce((sum, { count }) => sum + count, 0);
}

Deno.test("Jobs: the named jobs are scheduled once, however often the set-up runs", async () => {
  const read = () => sql`select jobname, schedule, command from cron.job order by jobname`;
  const before = await read();
  await sql`select private.setup_cron_jobs()`;
  assert.deepEqual(await read(), before);
  const names = before.map((job) => job.jobname);
  for (const name of ["onedrive-refresh-tokens", "onedrive-sweep-uploads", "prune-cron-history"]) {
    assert.ok(names.includes(name), `${name} in ${names}`);
  }
});

Deno.test("Jobs: a scheduled job reaches its function through pg_net", async () => {
  await sql`
    select cron.schedule('probe', '1 second',
      $$select private.call_function('onedrive/internal/refresh-tokens')$$)`;
  const [details] = await poll("a finished run", async () => {
    const rows = await sql`
      select d.status, d.return_message from cron.job_run_details d join cron.job j using (jobid)
      where j.jobname = 'probe' and d.status = 'succeeded' limit 1`;
    return rows.length > 0 && rows;
  });
  assert.equal(details!.status, "succeeded");
  const [answer] = await poll("the function's answer", async () => {
    const rows =
      await sql`select status_code, content from net._http_response where status_code = 202 limit 1`;
    return rows.length > 0 && rows;
  });
  assert.deepEqual(JSON.parse(answer!.content), { accepted: true });
  await sql`select cron.unschedule('probe')`;
});

Deno.test("Jobs: without secrets in Vault nothing is sent and nothing fails", async () => {
  await sql.begin(async (transaction) => {
    await transaction`
      select vault.update_secret(id, null, 'set_aside') from vault.decrypted_secrets where name = 'cron_secret'`;
    const [row] = await transaction`select private.call_function('onedrive/internal/refresh-tokens') as id`;
    assert.equal(row!.id, null);
    throw new Error("roll back");
  }).catch((error) => assert.equal(error.message, "roll back"));
});

Deno.test("Jobs: tokens that end soon are renewed, others are left alone", async () => {
  const [due, fresh] = [await createAccount(env), await createAccount(env)];
  await connect(env, due);
  await connect(env, fresh);
  await setTokenExpiry(due.id, 5 * 60);
  const before = await readConnection(fresh.id);
  await callJob("refresh-tokens");
  const after = await poll("the renewal", async () => {
    const row = await readConnection(due.id);
    return row.expires_at > new Date(Date.now() + 15 * 60_000) && row;
  });
  assert.equal(after.refresh_lease_until, null);
  assert.deepEqual(after.token_expires_at, after.expires_at);
  assert.deepEqual(await readConnection(fresh.id), before);
  assert.equal((await callFunction(env, due, "GET", "onedrive/folders")).status, 200);
});

Deno.test("Jobs: an outage leaves the account connected", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await setTokenExpiry(account.id, 5 * 60);
  await control.fault({ method: "POST", path: "*/token", kind: "status", value: 503 });
  await callJob("refresh-tokens");
  const row = await poll("the failure", async () => {
    const row = await readConnection(account.id);
    return row.last_error_code && row;
  });
  assert.equal(row.status, "connected");
  assert.equal(row.refresh_lease_until, null);
});

Deno.test("Jobs: a revoked permission marks the account expired and tells its user once", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await setTokenExpiry(account.id, 5 * 60);
  await control.set({ token_error: 700082 });
  await callJob("refresh-tokens");
  await poll("the account is expired", async () => (await readConnection(account.id)).status === "expired");
  const answer = await callFunction(env, account, "GET", "onedrive/folders");
  assert.deepEqual([answer.status, answer.body.code], [424, "reauth_required"]);
  await control.set({ token_error: null });

  const notices = await account.client.from("notifications").select("kind, title, body");
  assert.deepEqual(notices.data?.map(({ kind }) => kind), ["onedrive.expired"]);
  const status = await callFunction(env, account, "GET", "onedrive/status");
  assert.equal((status.body.connection as { status: string }).status, "expired");
});

Deno.test("Tokens: many requests at once renew an old token once", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await setTokenExpiry(account.id, -60);
  const before = await countTokenCalls();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => callFunction(env, account, "GET", "onedrive/folders")),
  );
  assert.deepEqual(answers.map(({ status }) => status), Array(8).fill(200));
  assert.equal(await countTokenCalls() - before, 1);
});

Deno.test("Tokens: a refused token is renewed once and the call repeated", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  const before = await countTokenCalls();
  await control.fault({ method: "GET", path: "/v1.0/me/drive/root", kind: "status", value: 401 });
  assert.equal((await callFunction(env, account, "GET", "onedrive/folders")).status, 200);
  assert.equal(await countTokenCalls() - before, 1);
});

Deno.test("Tokens: a drive that keeps refusing is a failure, not a disconnected account", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await control.fault({ method: "GET", path: "/v1.0/me/drive/root", kind: "status", value: 401, times: 5 });
  const answer = await callFunction(env, account, "GET", "onedrive/folders");
  await fetch(`${env.SANDBOX_URL}/__sandbox/faults`, { method: "DELETE" }).then((response) =>
    response.body?.cancel()
  );
  assert.deepEqual([answer.status, answer.body.code], [502, "provider_failed"]);
  assert.equal((await readConnection(account.id)).status, "connected");
});

Deno.test("Jobs: an upload whose browser is gone is finished by the sweep", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  const bytes = createBytes(400_000, 20);
  const { body } = await openUpload(env, account, bytes, { filename: "swept.mp4" });
  const id = String(body.upload_session_id);
  await sendBytes(String(body.upload_url), bytes);
  const claim = { body: { quickxor: hashOf(bytes) } };
  const asked = await callFunction(env, account, "POST", `onedrive/uploads/${id}/complete`, claim);
  assert.deepEqual([asked.status, asked.body.status], [202, "verifying"]);
  assert.ok(Number(asked.body.retry_after_ms) > 0);

  await poll("the sweep makes the video", async () => {
    await backdate(id);
    await callJob("sweep-uploads");
    const { data } = await account.client.from("product_videos").select("filename").eq(
      "filename",
      "swept.mp4",
    );
    return data?.length === 1;
  });
});

Deno.test("Jobs: a session past its end is asked about before it counts as expired", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  const bytes = createBytes(700_000, 21);
  const open = async (filename: string) => {
    const { body } = await openUpload(env, account, bytes, { filename });
    return { id: String(body.upload_session_id), url: String(body.upload_url) };
  };
  const [alive, dead] = [await open("alive.mp4"), await open("dead.mp4")];
  for (const { url } of [alive, dead]) await sendBytes(url, bytes, { to: 327_680 });
  await fetch(dead.url, { method: "DELETE" }).then((response) => response.body?.cancel());
  await sql`
    update public.onedrive_upload_sessions
    set expires_at = now() - interval '1 minute', next_offset = 1 where user_id = ${account.id}`;
  await callJob("sweep-uploads");
  const readStatus = async (id: string) => {
    const [row] = await sql`select status, next_offset from public.onedrive_upload_sessions where id = ${id}`;
    return row!;
  };
  await poll("the dead one expires", async () => (await readStatus(dead.id)).status === "expired");
  await poll(
    "the living one is up to date",
    async () => Number((await readStatus(alive.id)).next_offset) === 327_680,
  );
  assert.equal((await readStatus(alive.id)).status, "active");
});
