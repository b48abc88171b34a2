import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, claim, createPost, makeReady, readTarget } from "./support.ts";

Deno.test("An account whose access ends while it is used", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const publisher = await addPublisher(admin);
  const { userId, connectionId } = publisher;
  await admin`
    insert into private.oauth_tokens (connection_id, user_id, access_token, grant_key, key_id, expires_at)
    values (${connectionId}, ${userId}, 't', 'g', 'k1', now() + interval '1 hour')`;
  const versionOf = async () =>
    (await admin`select issued_at::text as version from private.oauth_tokens where connection_id = ${connectionId}`)[
      0
    ]!
      .version as string;
  const end = async (version: string) => {
    const [row] = await sql`
      select public.end_oauth_account(${connectionId}, ${version}::text::timestamptz, '190/492') as ended`;
    return row!.ended as boolean;
  };
  const post = async (options = {}) => (await createPost(sql, publisher, options)).targets[0]!.id;
  const statusOf = async (id: string) => (await readTarget(admin, id)).status;

  const version = await versionOf();
  const scheduled = await post({ scheduledFor: new Date(Date.now() + 3 * 3_600_000) });
  const uploading = await post();
  const [first] = await claim(sql, 1, 1);
  await sql`select public.advance_publish_job(${uploading}, ${
    first!.lease_token
  }, 1, 'upload', '{"offset": 5}', 60)`;
  const called = await post();
  const ready = await makeReady(admin, called);
  await sql`select public.begin_irreversible_call(${called}, ${ready.lease_token}, 1, '{}')`;
  await sql`select public.doubt_irreversible_call(${called}, ${ready.lease_token}, '{}', 'x', 'x')`;
  const held = await post();
  const [worker] = await claim(sql, 1, 1);
  assert.equal(worker!.target_id, held);

  await t.step("is expired once, and told once with a link to it", async () => {
    assert.deepEqual([await end(version), await end(version)], [true, false]);
    const [account] =
      await admin`select status, last_error_code from public.oauth_connections where id = ${connectionId}`;
    assert.deepEqual({ ...account }, { status: "expired", last_error_code: "190/492" });
    const notices = await admin`select kind, link_path from public.notifications where user_id = ${userId}`;
    assert.deepEqual(notices.map((row) => ({ ...row })), [
      { kind: "publish.account_expired", link_path: `/settings/accounts?account=${connectionId}` },
    ]);
  });

  await t.step("parks what is on its way together; calls and plans stay as they are", async () => {
    assert.deepEqual(
      await Promise.all([uploading, called, scheduled, held].map(statusOf)),
      ["needs_reauth", "unknown", "scheduled", "preparing"],
    );
    assert.equal((await readTarget(admin, uploading)).error_code, "post_reauth_required");
    await sql`select public.park_publish_job(${held}, ${
      worker!.lease_token
    }, 'needs_reauth', 'post_reauth_required', 'Connect.')`;
    assert.equal(await statusOf(held), "needs_reauth");
    assert.deepEqual([...await admin`select * from private.find_stuck_targets()`], []);
  });

  await t.step("lets all of them go on where they were once it is connected again", async () => {
    const account = {
      account_id:
        (await admin`select account_id from public.oauth_connections where id = ${connectionId}`)[0]!
          .account_id,
      access_token: "t2",
      key_id: "k1",
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await sql`select public.save_oauth_connections(${userId}, 'youtube', 'google', 'g', '{}', ${
      sql.json([account])
    })`;
    assert.deepEqual(await Promise.all([uploading, held].map(statusOf)), ["uploading", "preparing"]);
    const jobs = await claim(sql, 1, 10);
    assert.deepEqual(jobs.map(({ target_id }) => target_id).toSorted(), [uploading, held].toSorted());
    assert.deepEqual(jobs.find(({ target_id }) => target_id === uploading)!.checkpoint, { offset: 5 });
  });

  await t.step("is not ended by a late word about its old tokens", async () => {
    assert.equal(await end(version), false);
    const [account] = await admin`select status from public.oauth_connections where id = ${connectionId}`;
    assert.equal(account!.status, "connected");
  });
});
