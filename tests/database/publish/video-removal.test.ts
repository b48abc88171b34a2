import assert from "node:assert/strict";
import type { PostgresError } from "postgres";
import { openDatabase, type Transaction } from "../support/database.ts";
import { TEST_SUPERUSER } from "../../support/postgres.ts";
import { overlap } from "../support/overlap.ts";
import { addPublisher, claim, createPost } from "./support.ts";

Deno.test("Removing a video", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  // Sees what sessions of other roles wait for.
  const watcher = database.connect(TEST_SUPERUSER);
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 10 });

  await t.step("is refused before its file goes, with the posts that need it", async () => {
    const owner = await addPublisher(admin);
    const scheduledFor = new Date(Date.now() + 3_600_000);
    const { published_video_id: postId, targets: [target] } = await createPost(sql, owner, { scheduledFor });
    const begin = () => sql`select public.begin_video_removal(${owner.userId}, ${owner.videoId})`;
    const refusal = await begin().then(() => null, (error: PostgresError) => error);
    assert.deepEqual([refusal!.code, refusal!.detail], ["PT409", "video_in_use"]);
    const [use, ...more] = JSON.parse(refusal!.hint!);
    assert.equal(more.length, 0);
    assert.deepEqual(
      { ...use, scheduled_for: new Date(use.scheduled_for) },
      { post_id: postId, target_id: target!.id, platform: "youtube", scheduled_for: scheduledFor },
    );
    await sql`select public.cancel_post(${owner.userId}, ${postId})`;
    await begin();
    await sql`select public.remove_video(${owner.userId}, ${owner.videoId})`;
    const left = await admin`select 1 from private.video_removals where user_id = ${owner.userId}`;
    assert.equal(left.length, 0);
  });

  for (const first of ["removed", "posted"] as const) {
    await t.step(`and posting it exclude each other, where it is ${first} first`, async () => {
      const owner = await addPublisher(admin);
      const remove = (tx: Transaction) =>
        tx`select public.begin_video_removal(${owner.userId}, ${owner.videoId})`;
      const post = (tx: Transaction) => createPost(tx, owner);
      const begin = <T>(work: (tx: Transaction) => Promise<T>) => sql.begin(work) as Promise<T>;
      const [before, after] = first === "removed" ? [remove, post] : [post, remove];
      await assert.rejects(overlap(watcher, begin, before, after), {
        detail: first === "removed" ? "video_not_found" : "video_in_use",
      });
    });
  }

  await t.step("that is given up lets it be posted again", async () => {
    const owner = await addPublisher(admin);
    await sql`select public.begin_video_removal(${owner.userId}, ${owner.videoId})`;
    await assert.rejects(createPost(sql, owner), { detail: "video_not_found" });
    await createPost(sql, owner, { draft: true });
    await sql`select public.give_up_video_removal(${owner.userId}, ${owner.videoId})`;
    await createPost(sql, owner);
  });

  await t.step("lets what failed with it stay failed until it is given up", async () => {
    const owner = await addPublisher(admin);
    const { published_video_id: postId, targets: [target] } = await createPost(sql, owner);
    const job = (await claim(sql, 1, 100)).find(({ target_id: id }) => id === target!.id)!;
    await sql`select public.park_publish_job(${target!.id}, ${job.lease_token}, 'failed', 'x', 'x')`;
    await sql`select public.begin_video_removal(${owner.userId}, ${owner.videoId})`;
    const retry = async () =>
      (await sql`select public.retry_post(${owner.userId}, ${postId}) as count`)[0]!.count as number;
    assert.equal(await retry(), 0);
    await sql`select public.give_up_video_removal(${owner.userId}, ${owner.videoId})`;
    assert.equal(await retry(), 1);
  });

  await t.step("whose owner died is over after ten minutes", async () => {
    const owner = await addPublisher(admin);
    await sql`select public.begin_video_removal(${owner.userId}, ${owner.videoId})`;
    await admin`update private.video_removals set started_at = now() - interval '11 minutes'`;
    await createPost(sql, owner);
  });
});
