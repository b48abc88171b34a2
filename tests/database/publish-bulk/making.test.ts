import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addBulkMaker, addVideos, claimBulk, createBulk, makeAll, makeItem } from "./support.ts";

Deno.test("Making the posts of a bulk", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 8 });
  const maker = await addBulkMaker(admin);
  const videos = await addVideos(admin, maker.userId, 6);
  const endLeases = () =>
    admin`update private.publish_bulk_work set lease_until = now() where lease_until is not null`;
  const countPosts = async (bulkId: string) => {
    const [row] = await admin<{ posts: number; items: number }[]>`
      select
        (select count(*)::integer from public.published_videos where user_id = ${maker.userId}) as posts,
        count(*) filter (where status = 'made')::integer as items
      from public.publish_bulk_items where bulk_id = ${bulkId}`;
    return row!;
  };
  const clear = async () => {
    await admin`delete from public.publish_bulks`;
    await admin`delete from public.published_videos`;
  };

  await t.step("belongs to one worker at a time", async () => {
    const bulkId = await createBulk(sql, maker, videos);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimBulk(sql)));
    assert.equal(claims.filter((bulk) => bulk?.id === bulkId).length, 1);
    await clear();
  });

  await t.step("goes on where a dead worker stopped, each video once", async () => {
    const bulkId = await createBulk(sql, maker, videos);
    const dead = (await claimBulk(sql, bulkId))!;
    for (const item of dead.items.slice(0, 2)) await makeItem(sql, maker, dead, item.id);
    await endLeases();
    const next = (await claimBulk(sql, bulkId))!;
    assert.deepEqual([next.items.length, next.lost_leases], [4, 1]);
    assert.equal(await makeItem(sql, maker, dead, dead.items[2]!.id), "lost", "a dead worker came back");
    for (const item of next.items) assert.equal(await makeItem(sql, maker, next, item.id), "made");
    assert.equal(await makeItem(sql, maker, { ...next, items: dead.items }, dead.items[0]!.id), "over");
    assert.deepEqual(await countPosts(bulkId), { posts: 6, items: 6 });
    await clear();
  });

  await t.step("twice at the same time makes one post", async () => {
    const bulkId = await createBulk(sql, maker, videos.slice(0, 1));
    const bulk = (await claimBulk(sql, bulkId))!;
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => makeItem(sql, maker, bulk, bulk.items[0]!.id)),
    );
    assert.deepEqual(outcomes.toSorted(), ["made", "over", "over"]);
    assert.deepEqual(await countPosts(bulkId), { posts: 1, items: 1 });
    await clear();
  });

  await t.step("counts how many workers died over an item, and forgets it with the next one", async () => {
    const bulkId = await createBulk(sql, maker, videos.slice(0, 2));
    for (let i = 0; i < 5; i++) {
      await claimBulk(sql, bulkId);
      await endLeases();
    }
    const bulk = (await claimBulk(sql, bulkId))!;
    assert.equal(bulk.lost_leases, 5);
    const fail = async (code: string) => {
      const [row] = await sql<{ done: boolean }[]>`
        select public.fail_bulk_item(${bulkId}, ${bulk.lease_token}, ${
        bulk.items[0]!.id
      }, ${code}, 'x') as done`;
      return row!.done;
    };
    assert.equal(await fail("worker_lost"), true);
    assert.equal(await fail("worker_lost"), false, "it has ended");
    await endLeases();
    const next = (await claimBulk(sql, bulkId))!;
    assert.equal(next.lost_leases, 1);
    await sql`select public.release_bulk(${bulkId}, ${next.lease_token}, 60)`;
    assert.equal(await claimBulk(sql, bulkId), null, "it pauses");
    await admin`update private.publish_bulk_work set work_at = now()`;
    assert.equal((await claimBulk(sql, bulkId))!.lost_leases, 2, "trouble counts as well");
    await clear();
  });

  await t.step("tells a duplicate as the video's failure, and takes it when it is asked for", async () => {
    const first = await createBulk(sql, maker, videos.slice(0, 1));
    const made = (await claimBulk(sql, first))!;
    await makeItem(sql, maker, made, made.items[0]!.id, { caption: "the same" });
    const second = await createBulk(sql, maker, videos.slice(0, 1));
    const bulk = (await claimBulk(sql, second))!;
    const [item] = bulk.items;
    const again = (leased = bulk) => makeItem(sql, maker, leased, item!.id, { caption: "the same" });
    await assert.rejects(again(), { detail: "duplicate_post" });
    await sql`select public.fail_bulk_item(${second}, ${bulk.lease_token}, ${
      item!.id
    }, 'duplicate_post', 'x')`;
    await sql`select public.release_bulk(${second}, ${bulk.lease_token})`;
    await sql`select public.retry_bulk(${maker.userId}, ${second}, ${item!.id}, true)`;
    assert.equal(await again((await claimBulk(sql, second))!), "made");
    await clear();
  });

  await t.step("takes no item any more once its user has undone it", async () => {
    const bulkId = await createBulk(sql, maker, videos);
    const bulk = (await claimBulk(sql, bulkId))!;
    await makeItem(sql, maker, bulk, bulk.items[0]!.id);
    const [undo] = await sql<{ answer: Record<string, number> }[]>`
      select public.cancel_bulk(${maker.userId}, ${bulkId}) as answer`;
    assert.deepEqual(undo!.answer, { videos: 5, targets: 2, published: 0, going_out: 0 });
    assert.equal(await makeItem(sql, maker, bulk, bulk.items[1]!.id), "lost");
    await assert.rejects(sql`select public.cancel_bulk(${maker.userId}, ${bulkId})`, {
      detail: "bulk_not_waiting",
    });
    const [left] = await admin`select count(*)::integer as jobs from private.publish_jobs`;
    assert.equal(left!.jobs, 0);
    await clear();
  });

  await t.step("and undoing it at the same time leave no post behind", async () => {
    for (let round = 0; round < 5; round++) {
      const bulkId = await createBulk(sql, maker, videos);
      const [, undo] = await Promise.allSettled([
        makeAll(sql, maker, bulkId),
        sql`select pg_sleep(${round * 0.01})`.then(() =>
          sql`select public.cancel_bulk(${maker.userId}, ${bulkId})`
        ),
      ]);
      assert.equal(undo.status, "fulfilled");
      const [left] = await admin`
        select
          (select count(*)::integer from private.publish_jobs) as jobs,
          count(*) filter (where status = 'waiting')::integer as waiting
        from public.publish_bulk_items where bulk_id = ${bulkId}`;
      assert.deepEqual({ ...left }, { jobs: 0, waiting: 0 });
      await clear();
    }
  });
});
