import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, claim, createPost, makeDue, makeReady, readTarget } from "./support.ts";

Deno.test("After the irreversible call only proof counts", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const publisher = await addPublisher(admin);

  /** A target whose post the platform has accepted, in the hands of a worker that asks about it. */
  async function accept() {
    const { targets: [target], published_video_id: postId } = await createPost(sql, publisher);
    const id = target!.id;
    const job = await makeReady(admin, id);
    await sql`select public.begin_irreversible_call(${id}, ${job.lease_token}, 1, '{}')`;
    await sql`select public.advance_publish_job(${id}, ${job.lease_token}, 1, 'confirm', '{"videoId": "v"}')`;
    const [asking] = (await claim(sql, 0, 100)).filter(({ target_id }) => target_id === id);
    return { id, postId, token: asking!.lease_token };
  }

  await t.step("a worker that gives up asking leaves the outcome open", async () => {
    for (const status of ["failed", "needs_conversion", "needs_reauth", "quota_wait"]) {
      const { id, postId, token } = await accept();
      await sql`select public.park_publish_job(${id}, ${token}, ${status}, 'video_file_gone', 'Gone.')`;
      const row = await readTarget(admin, id);
      assert.deepEqual([row.status, row.step], ["unknown", "confirm"], status);
      assert.ok(row.job_called_at, "the call stays on record");
      const retry = sql`select public.retry_post(${publisher.userId}, ${postId})`;
      await assert.rejects(retry, { detail: "outcome_unknown" });
    }
  });

  await t.step("nobody calls it failed or makes it again, also by hand", async () => {
    const { id } = await accept();
    for (const status of ["failed", "ready", "preparing", "uploading", "processing"]) {
      const move = admin`update public.publishing_queue set status = ${status} where id = ${id}`;
      await assert.rejects(move, { code: "PT409", detail: "outcome_unknown" }, status);
    }
    const step = admin`update private.publish_jobs set step = 'prepare' where target_id = ${id}`;
    await assert.rejects(step, { constraint_name: "called_job_waits_for_its_outcome" });
  });

  await t.step(
    "the platform's own word that it turned the post down does, and frees it for another try",
    async () => {
      const { id, postId, token } = await accept();
      const [answer] = await sql`
      select public.reject_irreversible_call(${id}, ${token}, 'rejected_as_duplicate', 'A twin.', 'duplicate') as done`;
      assert.equal(answer!.done, true);
      const row = await readTarget(admin, id);
      assert.deepEqual(
        [row.status, row.error_code, row.step, row.work_at, row.job_called_at, row.called_at],
        ["failed", "rejected_as_duplicate", "prepare", null, null, null],
      );
      await sql`select public.retry_post(${publisher.userId}, ${postId})`;
      assert.equal((await readTarget(admin, id)).status, "preparing");
    },
  );

  await t.step("that word is not taken before the platform had accepted the post", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    const job = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${target!.id}, ${job.lease_token}, 1, '{}')`;
    const [answer] = await sql`
      select public.reject_irreversible_call(${target!.id}, ${job.lease_token}, 'x', 'x') as done`;
    assert.equal(answer!.done, false);
    assert.equal((await readTarget(admin, target!.id)).status, "publishing");
  });

  await t.step("not finding the post counts when the settle time is over, not before", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    const id = target!.id;
    const job = await makeReady(admin, id);
    await sql`select public.begin_irreversible_call(${id}, ${job.lease_token}, 1, '{}')`;
    await sql`select public.doubt_irreversible_call(${id}, ${job.lease_token}, '{}', 'x', 'x')`;
    await makeDue(admin, id);
    const [asking] = (await claim(sql, 0, 100)).filter(({ target_id }) => target_id === id);
    const undo = () =>
      sql`select public.undo_irreversible_call(${id}, ${asking!.lease_token}, 'publish', '{}', true) as done`;
    await assert.rejects(undo(), { detail: "outcome_still_open" });
    assert.equal((await readTarget(admin, id)).status, "unknown");
    await admin`update private.publish_jobs set settle_until = now() where target_id = ${id}`;
    assert.equal((await undo())[0]!.done, true);
  });

  await t.step("the settle time starts anew when a long call ends open", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    const job = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${target!.id}, ${job.lease_token}, 1, '{}')`;
    await admin`update private.publish_jobs set settle_until = now() where target_id = ${target!.id}`;
    await sql`select public.doubt_irreversible_call(${target!.id}, ${job.lease_token}, '{}', 'x', 'x')`;
    const [row] = await admin`
      select settle_until > now() + private.settle_seconds(target_id) * interval '0.9 seconds' as is_open
      from private.publish_jobs where target_id = ${target!.id}`;
    assert.equal(row!.is_open, true);
  });

  await t.step("a post that is there may end with a notice", async () => {
    const { id, token } = await accept();
    await sql`select public.finish_publish_job(${id}, ${token}, 'v', 'u', 'made_private', 'It is private.')`;
    const row = await readTarget(admin, id);
    assert.deepEqual([row.status, row.error_code], ["published", "made_private"]);
    await admin`select private.tell_published_targets()`;
    const [notice] = await admin`
      select kind, body, link_path from public.notifications where user_id = ${publisher.userId} order by id desc limit 1`;
    assert.deepEqual(
      { ...notice },
      { kind: "publish.published", body: "It is private.", link_path: `/posts/${row.published_video_id}` },
    );
  });
});
