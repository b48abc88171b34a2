import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { bootstrapDatabase } from "../../stack/database/bootstrap-database.ts";
import { runMigrations } from "../../stack/database/run-migrations.ts";
import { loadSecrets } from "../../stack/secrets.ts";
import { readSettings } from "../../stack/settings.ts";
import { startPostgres } from "../support/postgres.ts";
import type { Sql } from "./support/database.ts";
import { addFamily, addUser } from "./support/fixtures.ts";

const MIGRATIONS = new URL("../../supabase/migrations", import.meta.url).pathname;
/** The schema as it was when the first people put data into it. */
const FIRST_SCHEMA = "20261121001000";

/** A user with a OneDrive of this status and unreachable videos in these drives. */
async function addOnedrive(sql: Sql, status: string, videoDrives: readonly string[]): Promise<string> {
  const userId = await addUser(sql);
  const [account] = await sql`
    insert into public.user_onedrive_connections (user_id, status, account_key, account_type, drive_id)
    values (${userId}, ${status}, 'key', 'personal', 'drive1') returning id`;
  for (const drive of videoDrives) {
    await sql`
      insert into public.product_videos (
        user_id, connection_id, filename, size_bytes, mime_type, upload_status, onedrive_drive_id, onedrive_item_id,
        unreachable_at
      )
      values (${userId}, ${account!.id}, 'a.mp4', 5, 'video/mp4', 'complete', ${drive}, 'item', now())`;
  }
  return userId;
}

async function addUpload(sql: Sql, userId: string): Promise<string> {
  const [upload] = await sql`
    insert into public.onedrive_upload_sessions (
      user_id, connection_id, drive_id, folder_id, folder_path, filename, size_bytes, mime_type, fingerprint,
      fragment_size, expires_at
    )
    select user_id, id, drive_id, 'f', '/', 'b.mp4', 5, 'video/mp4', repeat('a', 64), 327680, now() + interval '1 day'
    from public.user_onedrive_connections where user_id = ${userId}
    returning id`;
  await sql`
    insert into private.onedrive_upload_urls (session_id, upload_url, key_id) values (${
    upload!.id
  }, 'sealed', 'k1')`;
  return upload!.id as string;
}

const reasonsOf = async (sql: Sql, userId: string) =>
  Object.fromEntries(
    (await sql`
      select onedrive_drive_id, unreachable_reason from public.product_videos where user_id = ${userId}`)
      .map((row) => [row.onedrive_drive_id, row.unreachable_reason]),
  );

Deno.test("Migrations: a database with data takes the ones that came later", async (t) => {
  const dir = await Deno.makeTempDir({ prefix: "cliprelay-upgrade-" });
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => Deno.remove(dir, { recursive: true }));
  await Deno.chmod(dir, 0o755);
  const server = await startPostgres({ dir });
  cleanup.defer(() => server.stop());
  const admin = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  const url = new URL(server.superuserUrl);
  url.username = "postgres";
  const sql = postgres(url.href, { max: 2, onnotice: () => {} });
  cleanup.defer(async () => void await Promise.all([admin.end(), sql.end()]));

  await bootstrapDatabase(admin, readSettings({}), await loadSecrets(dir));
  const first = join(dir, "first-schema");
  await Deno.mkdir(first);
  const names = await Array.fromAsync(Deno.readDir(MIGRATIONS), ({ name }) => name);
  for (const name of names.filter((name) => name.slice(0, FIRST_SCHEMA.length) <= FIRST_SCHEMA)) {
    await Deno.copyFile(join(MIGRATIONS, name), join(first, name));
  }
  await runMigrations(sql, first);

  const family = await addFamily(sql);
  await sql`
    update public.product_videos set unreachable_at = now() where id = ${family.videoId} and is_primary`;
  const connected = await addOnedrive(sql, "connected", ["DRIVE1", "drive2"]);
  const disconnected = await addOnedrive(sql, "disconnected", ["drive1"]);
  const uploadId = await addUpload(sql, connected);
  await runMigrations(sql, MIGRATIONS);

  await t.step("videos that cannot be reached get their reason", async () => {
    assert.deepEqual(await reasonsOf(sql, family.userId), { null: "missing" });
    assert.deepEqual(await reasonsOf(sql, connected), { DRIVE1: "missing", drive2: "other_account" });
    assert.deepEqual(await reasonsOf(sql, disconnected), { drive1: "disconnected" });
  });

  await t.step("an upload that was open keeps its address, and hands it on when it ends", async () => {
    const [open] = await sql`
      select user_id from private.onedrive_upload_urls where session_id = ${uploadId}`;
    assert.equal(open!.user_id, connected);
    await sql`update public.onedrive_upload_sessions set status = 'canceled' where id = ${uploadId}`;
    const [released] = await sql`
      select user_id, upload_url from private.onedrive_released_urls where session_id = ${uploadId}`;
    assert.deepEqual({ ...released }, { user_id: connected, upload_url: "sealed" });
  });

  await t.step("tasks go on inheriting", async () => {
    await sql`delete from public.product_videos where id = ${family.videoId}`;
    const tasks = await sql`select video_id from public.influencer_tasks where user_id = ${family.userId}`;
    assert.ok(tasks.length > 0 && tasks.every((task) => task.video_id === null));
  });
});
