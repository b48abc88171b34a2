import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addConnection, addPublisher, claim, createPost, makeDue, makeReady, readTarget } from "./support.ts";

const MINUTE = 60_000;
/** By platform, an option that is used once the post is there. */
const AFTERWARDS = { youtube: "cover", facebook: "cover", instagram: "first_comment" };

Deno.test("Editing a post", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const publisher = await addPublisher(admin);
  const edit = (postId: string, changes: unknown, userId = publisher.userId) =>
    sql`select public.edit_post(${userId}, ${postId}, ${sql.json(changes as never)})`;
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE);

  await t.step("with a new text begins anew and sends the worker away", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher);
    const ready = await makeReady(admin, target!.id);
    await edit(id, { caption: "Another text" });
    const row = await readTarget(admin, target!.id);
    assert.deepEqual([row.status, row.step, row.checkpoint, row.lease_token], [
      "scheduled",
      "prepare",
      {},
      null,
    ]);
    const [begun] = await sql`
      select public.begin_irreversible_call(${target!.id}, ${ready.lease_token}, 1, '{}') as may`;
    assert.equal(begun!.may, false);
  });

  await t.step("with a near time keeps what is prepared, with a far one begins when it is due", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher);
    await makeReady(admin, target!.id);
    const near = inMinutes(60);
    await edit(id, { scheduled_for: near });
    const kept = await readTarget(admin, target!.id);
    assert.deepEqual([kept.status, kept.work_at, kept.lease_token], ["ready", near, null]);
    const far = inMinutes(3 * 24 * 60);
    await edit(id, { scheduled_for: far });
    const rebuilt = await readTarget(admin, target!.id);
    assert.deepEqual([rebuilt.status, rebuilt.step], ["scheduled", "prepare"]);
    assert.ok(Math.abs(far.getTime() - 15 * MINUTE - rebuilt.work_at.getTime()) < 1000);
    await edit(id, { scheduled_for: inMinutes(-1) });
    assert.ok((await readTarget(admin, target!.id)).work_at <= new Date());
  });

  for (const [platform, afterwards] of Object.entries(AFTERWARDS)) {
    await t.step(`with another ${afterwards} on ${platform} keeps what is prepared`, async () => {
      const connectionId = await addConnection(admin, publisher.userId, platform);
      const { published_video_id: id, targets: [target] } = await createPost(
        sql,
        { ...publisher, connectionId },
        {},
        platform,
      );
      const value = `${publisher.userId}/new`;
      const change = (options: Record<string, string>) =>
        edit(id, { targets: [{ id: target!.id, options }] });
      const ready = await makeReady(admin, target!.id);
      await change({ [afterwards]: value });
      const kept = await readTarget(admin, target!.id);
      assert.deepEqual([kept.step, kept.options, kept.lease_token], [
        "publish",
        { [afterwards]: value },
        null,
      ]);
      const [late] = await sql`
        select public.begin_irreversible_call(${target!.id}, ${ready.lease_token}, 1, '{}') as may`;
      assert.equal(late!.may, false, "its worker does not know of the change");
      assert.ok(
        (await claim(sql, 0, 100)).some(({ target_id }) => target_id === target!.id),
        "the next one does",
      );
      await change({ [afterwards]: value, title: "Another" });
      assert.equal((await readTarget(admin, target!.id)).step, "prepare");
    });
  }

  await t.step("with another cover on Instagram, whose container holds it, begins anew", async () => {
    const connectionId = await addConnection(admin, publisher.userId, "instagram");
    const { published_video_id: id, targets: [target] } = await createPost(
      sql,
      { ...publisher, connectionId },
      {},
      "instagram",
    );
    await makeReady(admin, target!.id);
    await edit(id, { targets: [{ id: target!.id, options: { cover: `${publisher.userId}/new` } }] });
    assert.equal((await readTarget(admin, target!.id)).step, "prepare");
  });

  await t.step("that changes nothing keeps the worker", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher, {
      caption: "Same",
    });
    const ready = await makeReady(admin, target!.id);
    await edit(id, { caption: "Same" });
    assert.equal((await readTarget(admin, target!.id)).lease_token, ready.lease_token);
  });

  await t.step("leaves what has gone out as it is and changes the rest", async () => {
    const second = await addConnection(admin, publisher.userId);
    const connectionIds = [publisher.connectionId, second];
    const { published_video_id: id, targets } = await createPost(sql, publisher, {
      connectionIds,
      caption: "Old",
    });
    const gone = targets.find(({ connection_id }) => connection_id === second)!;
    const waiting = targets.find(({ connection_id }) => connection_id !== second)!;
    const ready = await makeReady(admin, gone.id);
    await sql`select public.begin_irreversible_call(${gone.id}, ${ready.lease_token}, 1, '{}')`;
    await edit(id, { caption: "New" });
    assert.deepEqual(
      [(await readTarget(admin, gone.id)).caption, (await readTarget(admin, waiting.id)).caption],
      ["Old", null],
    );
    await assert.rejects(edit(id, { targets: [{ id: gone.id, caption: "x" }] }), {
      detail: "post_is_going_out",
    });
    await sql`select public.finish_publish_job(${gone.id}, ${ready.lease_token}, 'v', 'u')`;
    await sql`select public.cancel_post(${publisher.userId}, ${id})`;
    await assert.rejects(edit(id, { caption: "x" }), { detail: "post_is_going_out" });
  });

  await t.step("of one target gives it text, options and time of its own, and back", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher, {
      caption: "Post",
    });
    const at = inMinutes(120);
    await edit(id, {
      targets: [{
        id: target!.id,
        caption: "Own",
        options: { title: "T" },
        scheduled_for: at,
        time_zone: "Europe/Rome",
      }],
    });
    const own = await readTarget(admin, target!.id);
    assert.deepEqual([own.caption, own.options, own.scheduled_for, own.time_zone], [
      "Own",
      { title: "T" },
      at,
      "Europe/Rome",
    ]);
    await edit(id, { targets: [{ id: target!.id, caption: null }] });
    assert.equal((await readTarget(admin, target!.id)).caption, null);
  });

  await t.step("refuses another user's post, an unknown target and what is posted already", async () => {
    const stranger = await addPublisher(admin);
    const { published_video_id: id } = await createPost(sql, publisher, { caption: "Mine" });
    const other = await createPost(sql, publisher, { caption: "Other" });
    await assert.rejects(edit(id, { caption: "x" }, stranger.userId), {
      code: "PT404",
      detail: "post_not_found",
    });
    await assert.rejects(edit(id, { targets: [{ id: crypto.randomUUID() }] }), {
      detail: "target_not_found",
    });
    await assert.rejects(edit(other.published_video_id, { caption: "Mine" }), { detail: "duplicate_post" });
    await edit(other.published_video_id, { caption: "Mine", allow_duplicate: true });
  });

  await t.step("of a failed target waits until its user tries again", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher);
    const job = await makeReady(admin, target!.id);
    await sql`select public.park_publish_job(${target!.id}, ${job.lease_token}, 'failed', 'x', 'Too long.')`;
    await edit(id, { caption: "Shorter" });
    assert.deepEqual((await readTarget(admin, target!.id)).work_at, null);
    await sql`select public.retry_post(${publisher.userId}, ${id})`;
    await makeDue(admin, target!.id);
    assert.equal((await readTarget(admin, target!.id)).status, "preparing");
  });

  await t.step("of a draft changes the draft", async () => {
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher, { draft: true });
    const at = inMinutes(600);
    await edit(id, { caption: "Draft", scheduled_for: at });
    await sql`select public.start_post(${publisher.userId}, ${id})`;
    const row = await readTarget(admin, target!.id);
    assert.deepEqual([row.scheduled_for, row.status], [at, "scheduled"]);
  });
});
