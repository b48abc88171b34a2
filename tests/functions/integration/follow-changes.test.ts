import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { createBytes } from "../support/onedrive.ts";
import { followChanges, openLibrary, readVideo } from "../support/library-world.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({ basePort: PORTS.followChanges });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
const sql = postgres(env.DB_URL!, { max: 2 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Changes: what happens to files in OneDrive reaches their videos", async (t) => {
  const { account, drive, link } = await openLibrary(env);
  const product = await createProduct(account, "B0CHANGES1");
  const files = {
    gone: await drive.put("Set/gone.mp4", createBytes(1_000, 1)),
    moved: await drive.put("Set/moved.mp4", createBytes(1_000, 2)),
    replaced: await drive.put("Set/replaced.mp4", createBytes(1_000, 3)),
    deep: await drive.put("Set/Deep/deep.mp4", createBytes(1_000, 4)),
    still: await drive.put("Set/still.mp4", createBytes(1_000, 5)),
  };
  const videos: Record<string, string> = {};
  for (const [key, file] of Object.entries(files)) {
    videos[key] = await link(file.id, key === "gone" ? product : undefined);
  }
  await followChanges(sql, account.id);
  const untouched = await readVideo(env, account, videos.still!);

  await drive.remove(files.gone.id);
  const place = await drive.folder("root", "Elsewhere");
  await drive.move(files.moved.id, place.id);
  await drive.rename(files.moved.id, "renamed.mp4");
  await drive.put("Set/replaced.mp4", createBytes(2_000, 9));
  await drive.rename((await drive.find("Set/Deep")).id, "Deeper");
  await followChanges(sql, account.id);

  await t.step("a deleted file marks its video and keeps it", async () => {
    const video = await readVideo(env, account, videos.gone!);
    assert.equal(video.unreachable_reason, "missing");
    assert.ok(video.unreachable_at);
  });
  await t.step("its pending tasks show why", async () => {
    const { body } = await callFunction(
      env,
      account,
      "GET",
      "tasks/influencer-tasks",
    );
    const group = (body.groups as {
      video: { id: string; unreachable_reason: string } | null;
    }[])
      .find(({ video }) => video?.id === videos.gone);
    assert.equal(group?.video?.unreachable_reason, "missing");
  });
  await t.step("its owner is told once", async () => {
    const { data } = await account.client.from("notifications").select(
      "kind, title",
    );
    assert.deepEqual(data, [{
      kind: "onedrive.files_missing",
      title: "A video is missing in OneDrive",
    }]);
  });
  await t.step("a moved and renamed file shows its new place", async () => {
    const video = await readVideo(env, account, videos.moved!);
    assert.deepEqual([
      video.onedrive_path,
      video.filename,
      video.unreachable_at,
    ], [
      "/Elsewhere/renamed.mp4",
      "renamed.mp4",
      null,
    ]);
  });
  await t.step(
    "a renamed folder changes the place of files below it",
    async () => {
      assert.equal(
        (await readVideo(env, account, videos.deep!)).onedrive_path,
        "/Set/Deeper/deep.mp4",
      );
    },
  );
  await t.step("replaced bytes are marked", async () => {
    const video = await readVideo(env, account, videos.replaced!);
    assert.ok(video.content_changed_at);
    assert.equal(video.size_bytes, 2_000);
  });
  await t.step("everything else is left alone", async () => {
    assert.deepEqual(await readVideo(env, account, videos.still!), untouched);
  });
});

Deno.test("Changes: a file that is seen again is reachable again", async () => {
  const { account, drive, link } = await openLibrary(env);
  const file = await drive.put("back.mp4", createBytes(800));
  const video = await link(file.id);
  await followChanges(sql, account.id);
  await control.fault({
    method: "GET",
    path: `/v1.0/me/drive/items/*`,
    kind: "status",
    value: 404,
  });
  assert.equal(
    (await callFunction(env, account, "GET", `videos/${video}/playback`))
      .status,
    422,
  );
  assert.equal((await readVideo(env, account, video)).unreachable_reason, "missing");
  await drive.rename(file.id, "back again.mp4");
  await followChanges(sql, account.id);
  assert.equal((await readVideo(env, account, video)).unreachable_at, null);
});

Deno.test("Changes: a change log OneDrive has dropped starts anew and misses nothing", async () => {
  const { account, drive, link } = await openLibrary(env);
  const files = await Promise.all(
    [1, 2, 3].map((n) => drive.put(`R/${n}.mp4`, createBytes(300, n))),
  );
  const videos = await Promise.all(files.map((file) => link(file.id)));
  await followChanges(sql, account.id);
  await drive.remove(files[1]!.id);
  await control.set({ delta_resync: "resyncChangesApplyDifferences" });
  await followChanges(sql, account.id);
  await control.set({ delta_resync: null });
  const reasons = await Promise.all(
    videos.map(async (id) => (await readVideo(env, account, id)).unreachable_reason),
  );
  assert.deepEqual(reasons, [null, "missing", null]);
  await drive.remove(files[2]!.id);
  await followChanges(sql, account.id);
  assert.equal(
    (await readVideo(env, account, videos[2]!)).unreachable_reason,
    "missing",
  );
});

Deno.test("Changes: a failed run keeps its place and goes on", async () => {
  const { account, drive, link } = await openLibrary(env);
  const file = await drive.put("f.mp4", createBytes(300));
  const video = await link(file.id);
  await followChanges(sql, account.id);
  await drive.remove(file.id);
  await control.fault({
    method: "GET",
    path: "*/delta*",
    kind: "status",
    value: 500,
    times: 3,
  });
  await sql`update private.onedrive_watches set due_at = now() where user_id = ${account.id}`;
  await sql`select private.poke_onedrive_watches()`;
  await poll("the failure is noted", async () => {
    const [row] = await sql`
      select last_error_code, due_at > now() as is_later, lease_holder from private.onedrive_watches
      where user_id = ${account.id}`;
    return row!.last_error_code !== null && row!.is_later &&
      row!.lease_holder === null;
  });
  await control.clearFaults();
  await followChanges(sql, account.id);
  assert.equal((await readVideo(env, account, video)).unreachable_reason, "missing");
  const [row] = await sql`select last_error_code from private.onedrive_watches where user_id = ${account.id}`;
  assert.equal(row!.last_error_code, null);
});

Deno.test("Changes: many pages are read in one go or in several", async () => {
  const { account, drive, link } = await openLibrary(env);
  await control.set({ page_size: 3 });
  await followChanges(sql, account.id).catch(() => {});
  const files = await Promise.all(
    Array.from(
      { length: 11 },
      (_, n) => drive.put(`${n}.mp4`, createBytes(200, n)),
    ),
  );
  const videos = await Promise.all(files.map((file) => link(file.id)));
  for (const file of files.slice(3)) await drive.remove(file.id);
  await followChanges(sql, account.id);
  await control.set({ page_size: null });
  const reasons = await Promise.all(
    videos.map(async (id) => (await readVideo(env, account, id)).unreachable_reason),
  );
  assert.deepEqual(reasons, [null, null, null, ...Array(8).fill("missing")]);
});

Deno.test("Changes: two jobs at once read a drive once", async () => {
  const { account } = await openLibrary(env);
  await followChanges(sql, account.id);
  const claims = await Promise.all([1, 2, 3, 4].map(async () => {
    const [row] = await sql`update private.onedrive_watches set due_at = now() - interval '1 second'
      where user_id = ${account.id} returning lease_until`;
    assert.ok(row);
    return await sql`
      select connection_id from public.claim_onedrive_watches(gen_random_uuid(), 60, 10)
      where user_id = ${account.id}`;
  }));
  assert.equal(claims.flat().length, 1);
});
