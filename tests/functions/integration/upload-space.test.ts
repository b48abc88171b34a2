import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { connect, createBytes, openUpload } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.uploadSpace });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Uploads: room in OneDrive", async (t) => {
  const person = await createAccount(env);
  await connect(env, person);

  await t.step("a file that does not fit is refused with both sizes", async () => {
    await control.set({ drive_quota_bytes: 1024 * 1024 });
    const { status, body } = await openUpload(env, person, createBytes(5 * 1024 * 1024));
    assert.deepEqual([status, body.code], [422, "quota_exceeded"]);
    assert.match(String(body.message), /5 MB.*1 MB/);
  });

  await t.step("a hidden quota does not block", async () => {
    await control.set({ drive_quota_bytes: null, hide_quota: true });
    assert.equal((await openUpload(env, person, createBytes(100))).status, 200);
    await control.set({ hide_quota: null });
  });

  await t.step("a full drive takes nothing", async () => {
    await uploadVideo(env, person, {}, createBytes(400_000));
    await control.set({ drive_quota_bytes: 300_000 });
    const { status, body } = await openUpload(env, person, createBytes(10));
    assert.deepEqual([status, body.code], [422, "quota_exceeded"]);
    await control.set({ drive_quota_bytes: null });
  });
});

Deno.test("Uploads: a chosen folder that is gone is the user's to replace, our own is made again", async () => {
  const person = await createAccount(env);
  const name = await connect(env, person);
  const own = await uploadVideo(env, person);
  assert.equal(own.onedrive_path, "/Cliprelay/clip.mp4");
  await sql`update public.user_onedrive_connections set folder_id = 'GONE!1' where user_id = ${person.id}`;
  assert.equal((await uploadVideo(env, person)).onedrive_path, "/Cliprelay/clip (2).mp4");
  await sql`
    update public.user_onedrive_connections set folder_id = 'GONE!1', folder_path = '/Chosen'
    where user_id = ${person.id}`;
  const { status, body } = await openUpload(env, person, createBytes(10));
  assert.deepEqual([status, body.code], [422, "folder_missing"]);
  const files = (await control.files()).filter((file) => file.account === name);
  assert.deepEqual(files.map((file) => file.path).sort(), ["/Cliprelay/clip (2).mp4", "/Cliprelay/clip.mp4"]);
});

Deno.test("Uploads: the first ones of a new account may start together", async () => {
  const person = await createAccount(env);
  const name = await connect(env, person);
  const names = ["a.mp4", "b.mp4", "c.mp4", "a.mp4"];
  const opened = await Promise.all(
    names.map((filename) => openUpload(env, person, createBytes(10), { filename })),
  );
  assert.deepEqual(opened.map(({ status }) => status), [200, 200, 200, 200]);
  const filenames = opened.map(({ body }) => body.filename).sort();
  assert.deepEqual(filenames, ["a (2).mp4", "a.mp4", "b.mp4", "c.mp4"]);
  const [row] = await sql`
    select folder_path from public.user_onedrive_connections where user_id = ${person.id}`;
  assert.equal(row!.folder_path, "/Cliprelay", name);
});

Deno.test("Uploads: a person who opens too many is asked to wait", async () => {
  const person = await createAccount(env);
  await sql`
    insert into private.rate_limits (subject, route, taken_count)
    values (${person.id}, 'onedrive/upload-url', 120)`;
  const { status, body, headers } = await openUpload(env, person, createBytes(10));
  assert.deepEqual([status, body.code], [429, "rate_limited"]);
  assert.ok(Number(headers.get("retry-after")) > 0);
});
