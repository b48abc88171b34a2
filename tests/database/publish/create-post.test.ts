import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addConnection, addPublisher, claim, createPost, makeReady, readTarget } from "./support.ts";

Deno.test("Creating a post", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 20 });
  const publisher = await addPublisher(admin);
  const count = async () =>
    (await admin`select count(*)::integer as count from public.published_videos`)[0]!.count as number;

  await t.step("20 times at once with one key makes one post", async () => {
    const before = await count();
    const answers = await Promise.all(
      Array.from(
        { length: 20 },
        () => createPost(sql, publisher, { idempotencyKey: "one", requestHash: "a", caption: "Once" }),
      ),
    );
    assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
    assert.equal(await count(), before + 1);
  });

  await t.step("with the key of another request is refused", async () => {
    await assert.rejects(
      createPost(sql, publisher, { idempotencyKey: "one", requestHash: "b" }),
      { code: "PT409", detail: "idempotency_key_reused" },
    );
  });

  await t.step("whose first request takes too long is told so, and answered once that is done", async () => {
    const once = { idempotencyKey: "slow", requestHash: "a", caption: "Slow" };
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
    const first = sql.begin(async (tx) => {
      const answer = await createPost(tx, publisher, once);
      begin();
      await isOver;
      return answer;
    });
    await hasBegun;
    await assert.rejects(createPost(sql, publisher, once), { code: "PT409", detail: "request_in_progress" });
    // Waits, then hears that its key belongs to another request.
    const other = createPost(sql, publisher, { ...once, requestHash: "b" }).catch(({ detail }) => detail);
    end();
    assert.equal(await other, "idempotency_key_reused");
    assert.deepEqual(await createPost(sql, publisher, once), await first);
  });

  await t.step("that fails leaves its key unused", async () => {
    const options = { idempotencyKey: "two", requestHash: "a", connectionIds: [crypto.randomUUID()] };
    await assert.rejects(createPost(sql, publisher, options), { detail: "connection_not_found" });
    const answer = await createPost(sql, publisher, { idempotencyKey: "two", requestHash: "a" });
    assert.equal(answer.targets.length, 1);
  });

  await t.step("after a day may use a key again", async () => {
    await admin`update private.idempotency_keys set created_at = created_at - interval '25 hours' where key = 'one'`;
    await createPost(sql, publisher, { idempotencyKey: "one", requestHash: "b" });
  });

  await t.step("with the same file, text and account 20 times at once goes through once", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => createPost(sql, publisher, { caption: "Twice" })),
    );
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    const refused = outcomes.find((outcome) => outcome.status === "rejected")!;
    assert.equal(refused.reason.detail, "duplicate_post");
  });

  await t.step(
    "with the same content is allowed when asked for, for another account, or on another day",
    async () => {
      const connectionId = await addConnection(admin, publisher.userId);
      const later = new Date(Date.now() + 25 * 3_600_000);
      await createPost(sql, publisher, { caption: "Twice", allowDuplicate: true });
      await createPost(sql, publisher, { caption: "Twice", connectionIds: [connectionId] });
      await createPost(sql, publisher, { caption: "Twice", scheduledFor: later });
      const between = new Date(Date.now() + 12 * 3_600_000);
      await assert.rejects(createPost(sql, publisher, { caption: " Twice ", scheduledFor: between }), {
        detail: "duplicate_post",
      });
    },
  );

  await t.step("as a draft does nothing until it is started, and is then compared too", async () => {
    const draft = await createPost(sql, publisher, { caption: "Later", draft: true });
    assert.equal((await readTarget(admin, draft.targets[0]!.id)).step, null);
    await createPost(sql, publisher, { caption: "Later" });
    const start = (allow: boolean) =>
      sql`select public.start_post(${publisher.userId}, ${draft.published_video_id}, ${allow})`;
    await assert.rejects(start(false), { detail: "duplicate_post" });
    await start(true);
    assert.equal((await readTarget(admin, draft.targets[0]!.id)).status, "scheduled");
    await assert.rejects(start(true), { detail: "post_not_draft" });
  });

  await t.step("starts a draft once when it is started 10 times at once", async () => {
    const { published_video_id: id, targets } = await createPost(sql, publisher, { draft: true });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => sql`select public.start_post(${publisher.userId}, ${id})`),
    );
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    const jobs = await claim(sql, 1, 100);
    assert.equal(jobs.filter((job) => job.target_id === targets[0]!.id).length, 1);
  });

  await t.step("refuses another user's video and account, and one account named twice", async () => {
    const stranger = await addPublisher(admin);
    await assert.rejects(createPost(sql, { ...publisher, videoId: stranger.videoId }), {
      detail: "video_not_found",
    });
    await assert.rejects(createPost(sql, publisher, { connectionIds: [stranger.connectionId] }), {
      detail: "connection_not_found",
    });
    const twice = [publisher.connectionId, publisher.connectionId];
    await assert.rejects(createPost(sql, publisher, { connectionIds: twice }), {
      detail: "target_named_twice",
    });
  });

  await t.step("keeps its video until it has gone out", async () => {
    const owner = await addPublisher(admin);
    const { published_video_id: id } = await createPost(sql, owner);
    const remove = () => sql`select public.remove_video(${owner.userId}, ${owner.videoId})`;
    await assert.rejects(remove(), { code: "PT409", detail: "video_in_use" });
    await sql`select public.cancel_post(${owner.userId}, ${id})`;
    await remove();
  });

  await t.step("does not go out for an account that asked to be deleted, and does not hold it", async () => {
    const leaver = await addPublisher(admin);
    const { targets: [target] } = await createPost(sql, leaver);
    await sql`select public.request_account_deletion(${leaver.userId})`;
    const row = await readTarget(admin, target!.id);
    assert.deepEqual([row.status, row.step], ["canceled", null]);
    await admin`delete from auth.users where id = ${leaver.userId}`;
    const left = await admin`select 1 from public.publishing_queue where user_id = ${leaver.userId}`;
    assert.equal(left.length, 0);
  });

  await t.step("is not made or started any more for an account that asked to be deleted", async () => {
    const leaver = await addPublisher(admin);
    const { published_video_id: draftId } = await createPost(sql, leaver, { draft: true });
    await sql`select public.request_account_deletion(${leaver.userId})`;
    const refusal = { code: "PT401", detail: "invalid_credentials" };
    await assert.rejects(createPost(sql, leaver), refusal);
    await assert.rejects(sql`select public.start_post(${leaver.userId}, ${draftId})`.execute(), refusal);
  });

  await t.step(
    "that is being called holds no account that leaves, and its worker writes nothing later",
    async () => {
      const leaver = await addPublisher(admin);
      const { targets: [target] } = await createPost(sql, leaver);
      const { lease_token } = await makeReady(admin, target!.id);
      await sql`select public.begin_irreversible_call(${target!.id}, ${lease_token}, 1, '{}')`;
      await sql`select public.request_account_deletion(${leaver.userId})`;
      await sql`select public.forget_account_secrets(${leaver.userId})`;
      assert.equal((await readTarget(admin, target!.id)).status, "publishing", "left to its worker");
      await admin`delete from auth.users where id = ${leaver.userId}`;
      const [late] = await sql`select public.finish_publish_job(${
        target!.id
      }, ${lease_token}, 'v', 'u') as done`;
      assert.equal(late!.done, false);
      await sql`select public.forget_account_secrets(${leaver.userId})`;
    },
  );

  await t.step("waiting to go out is no reason to keep a user that is deleted at once", async () => {
    const leaver = await addPublisher(admin);
    await createPost(sql, leaver);
    await admin`delete from auth.users where id = ${leaver.userId}`;
    const left = await admin`select 1 from private.publish_jobs where user_id = ${leaver.userId}`;
    assert.equal(left.length, 0);
  });
});
