import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import { addUser } from "./support/fixtures.ts";

Deno.test("OneDrive files: a sighting in a drive that is not connected any more changes nothing", async () => {
  await using database = await openDatabase();
  const { sql } = database;
  const userId = await addUser(sql);
  await sql`
    insert into public.user_onedrive_connections (user_id, account_key, account_type, drive_id)
    values (${userId}, 'new', 'personal', 'DriveNew')`;
  await sql`
    insert into public.product_videos (
      user_id, filename, size_bytes, mime_type, upload_status, onedrive_drive_id, onedrive_item_id, onedrive_path,
      unreachable_at, unreachable_reason
    )
    values (${userId}, 'a.mp4', 5, 'video/mp4', 'complete', 'driveOld', 'item', '/a.mp4', now(), 'other_account')`;
  const apply = async (item: Record<string, unknown>) => {
    const [row] = await sql`
      select public.apply_onedrive_items(${userId}, 'DRIVEOLD', ${
      sql.json([{ id: "item", ...item }])
    }) as count`;
    const [video] = await sql`select unreachable_reason from public.product_videos where user_id = ${userId}`;
    return [row!.count, video!.unreachable_reason];
  };
  const seen = { is_found: true, name: "a.mp4", path: "/a.mp4", size: 5 };
  const connect = (drive: string, status: string) =>
    sql`update public.user_onedrive_connections set drive_id = ${drive}, status = ${status}
      where user_id = ${userId}`;

  assert.deepEqual(await apply(seen), [0, "other_account"]);
  assert.deepEqual(await apply({ is_found: false }), [0, "other_account"]);
  await connect("driveold", "disconnected");
  assert.deepEqual(await apply(seen), [0, "other_account"]);
  await connect("driveold", "connected");
  assert.deepEqual(await apply(seen), [0, null]);
  assert.deepEqual(await apply({ is_found: false }), [1, "missing"]);
});
