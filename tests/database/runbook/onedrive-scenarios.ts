import assert from "node:assert/strict";
import type { Sql } from "../support/database.ts";
import { addFilledAccount } from "../support/filled-account.ts";
import type { Scenario } from "./scenario.ts";

/** An account with a connection, its tokens, and an upload that a tab holds. */
async function addConnectedAccount(sql: Sql, keyId = "k1") {
  const userId = await addFilledAccount(sql);
  const [connection] = await sql<{ id: string }[]>`
    select id from public.user_onedrive_connections where user_id = ${userId}`;
  await sql`
    insert into private.onedrive_tokens (
      connection_id, user_id, access_token, refresh_token, key_id, expires_at, refresh_holder, refresh_lease_until
    )
    values (
      ${connection!.id}, ${userId}, 'a', 'r', ${keyId}, now() + interval '1 hour', gen_random_uuid(),
      now() + interval '1 hour'
    )`;
  const [upload] = await sql<{ id: string }[]>`
    update public.onedrive_upload_sessions
    set uploader_id = gen_random_uuid(), uploader_lease_until = now() + interval '45 seconds', next_offset = 5
    where user_id = ${userId} returning id`;
  await sql`
    insert into private.onedrive_upload_urls (session_id, upload_url, key_id) values (${
    upload!.id
  }, 'u', ${keyId})`;
  return { userId, connectionId: connection!.id, uploadId: upload!.id };
}

const readUpload = async (sql: Sql, id: string) =>
  (await sql`select status, uploader_id, uploader_lease_until, error_code
    from public.onedrive_upload_sessions where id = ${id}`)[0]!;
const countUrls = async (sql: Sql, id: string) =>
  (await sql`select from private.onedrive_upload_urls where session_id = ${id}`).length;

/** The users whose tokens the refresh job takes now; later calls find them leased. */
const listDue = async (sql: Sql) =>
  (await sql<{ user_id: string }[]>`
    select user_id from public.claim_due_onedrive_refreshes(gen_random_uuid(), 900, 60, 1000)`).map((row) =>
    row.user_id
  );

/** The snippets about connections and uploads. */
export const ONEDRIVE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-uploads": async ({ sql, run }) => {
    const { userId, uploadId } = await addConnectedAccount(sql);
    const rows = await run({ "user id": userId });
    assert.deepEqual(rows.map(({ id, status, next_offset }) => [id, status, next_offset]), [[
      uploadId,
      "active",
      "5",
    ]]);
  },

  "end-upload-lease": async ({ sql, run }) => {
    const { uploadId } = await addConnectedAccount(sql);
    await run({ "upload id": uploadId });
    const upload = await readUpload(sql, uploadId);
    assert.deepEqual([upload.status, upload.uploader_id, upload.uploader_lease_until], [
      "active",
      null,
      null,
    ]);
    assert.equal(await countUrls(sql, uploadId), 1, "the upload goes on where it was");
  },

  "expire-upload": async ({ sql, run }) => {
    for (const status of ["active", "verifying"]) {
      const { uploadId } = await addConnectedAccount(sql);
      if (status === "verifying") {
        await sql`update public.onedrive_upload_sessions set status = 'verifying' where id = ${uploadId}`;
      }
      await run({ "upload id": uploadId });
      const upload = await readUpload(sql, uploadId);
      assert.deepEqual([upload.status, upload.error_code], ["expired", "ended_by_operator"]);
      assert.equal(await countUrls(sql, uploadId), 0);
    }
  },

  "cancel-upload": async ({ sql, run }) => {
    const { uploadId } = await addConnectedAccount(sql);
    const done = await addConnectedAccount(sql);
    await sql`update public.onedrive_upload_sessions set status = 'complete' where id = ${done.uploadId}`;
    await run({ "upload id": uploadId });
    await run({ "upload id": done.uploadId });
    assert.equal((await readUpload(sql, uploadId)).status, "canceled");
    assert.equal((await readUpload(sql, done.uploadId)).status, "complete", "what is done stays done");
    assert.equal(await countUrls(sql, uploadId), 0);
  },

  "look-at-connection": async ({ sql, run }) => {
    const { userId, connectionId } = await addConnectedAccount(sql);
    await sql`
      update public.user_onedrive_connections set status = 'expired', last_error_code = 'invalid_grant'
      where user_id = ${userId}`;
    const [row] = await run({ "user id": userId });
    assert.deepEqual(
      [row!.id, row!.status, row!.last_error_code, row!.key_id],
      [connectionId, "expired", "invalid_grant", "k1"],
    );
    assert.ok(!("refresh_token" in row!));
  },

  "renew-tokens": async ({ sql, run }) => {
    const { userId } = await addConnectedAccount(sql);
    await run({ "user id": userId });
    assert.ok((await listDue(sql)).includes(userId), "the job takes it, in spite of the old lease");
  },

  "renew-all-tokens": async ({ sql, run }) => {
    const old = await addConnectedAccount(sql, "old");
    const renewed = await addConnectedAccount(sql, "k2");
    await sql`update private.onedrive_tokens set refresh_holder = null, refresh_lease_until = null`;
    await run({ "new key id": "k2" });
    const due = await listDue(sql);
    assert.ok(due.includes(old.userId));
    assert.ok(!due.includes(renewed.userId));
  },

  "count-keys": async ({ sql, run }) => {
    await addConnectedAccount(sql, "counted");
    const rows = (await run()).filter((row) => row.key_id === "counted");
    assert.deepEqual(rows.map(({ what, count }) => [what, count]), [["tokens of connected", "1"], [
      "upload addresses",
      "1",
    ]]);
  },

  "disconnect-onedrive": async ({ sql, run }) => {
    const { userId, connectionId, uploadId } = await addConnectedAccount(sql);
    const stranger = await addConnectedAccount(sql);
    const videos = () => sql`select id from public.product_videos where user_id = ${userId}`;
    const before = await videos();
    await run({ "user id": userId });
    const [connection] = await sql`
      select status from public.user_onedrive_connections where id = ${connectionId}`;
    assert.equal(connection!.status, "disconnected");
    assert.equal((await sql`select from private.onedrive_tokens where user_id = ${userId}`).length, 0);
    assert.equal((await readUpload(sql, uploadId)).status, "canceled");
    assert.deepEqual([...await videos()], [...before]);
    assert.equal(
      (await sql`select from private.onedrive_tokens where user_id = ${stranger.userId}`).length,
      1,
    );
  },

  "find-orphaned-tokens": async ({ sql, careless, run }) => {
    const { userId, connectionId } = await addConnectedAccount(sql);
    await addConnectedAccount(sql);
    await careless`update public.user_onedrive_connections set status = 'disconnected' where id = ${connectionId}`;
    assert.deepEqual((await run()).map((row) => row.user_id), [userId]);
  },
};
