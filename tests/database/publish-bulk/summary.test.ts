import assert from "node:assert/strict";
import { asUser } from "../support/as-role.ts";
import { openDatabase } from "../support/database.ts";
import { addBulkMaker, addVideos, createBulk, makeAll } from "./support.ts";

interface Summary {
  status: string;
  videos: Record<string, number>;
  platforms: ({ platform: string; first_at: string; last_at: string } & Record<string, number>)[];
  items: { status: string; error: unknown; targets: { outcome: string }[] }[];
}

Deno.test("A bulk as its user sees it", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const maker = await addBulkMaker(admin);
  const videos = await addVideos(admin, maker.userId, 4);
  const read = (bulkId: string, userId = maker.userId) =>
    asUser(admin, userId, async (tx) => {
      const [row] = await tx<{ bulk: Summary | null }[]>`select public.read_bulk(${bulkId}) as bulk`;
      return row!.bulk;
    });
  const notices = async () =>
    await admin<{ kind: string; title: string; body: string; link_path: string }[]>`
      select kind, title, body, link_path from public.notifications
      where user_id = ${maker.userId} and kind like 'publish.%' order by id`;
  /** Ends targets of a video of a bulk as workers do: by platform, the status. */
  const end = async (bulkId: string, position: number, statuses: Record<string, "published" | "failed">) => {
    for (const [platform, status] of Object.entries(statuses)) {
      const [target] = await admin`
        select target.id from public.publish_bulk_items as item
        join public.publishing_queue as target on target.published_video_id = item.published_video_id
        where item.bulk_id = ${bulkId} and item.position = ${position} and target.platform = ${platform}`;
      const way = status === "published" ? ["preparing", "publishing"] : ["preparing"];
      for (const each of way) {
        await admin`update public.publishing_queue set status = ${each} where id = ${target!.id}`;
      }
      await (status === "published"
        ? admin`update public.publishing_queue
            set status = 'published', platform_post_id = 'id', published_at = now() where id = ${target!.id}`
        : admin`update public.publishing_queue
            set status = 'failed', error_code = 'x', error_message = 'Refused.' where id = ${target!.id}`);
    }
  };
  const tend = async () => {
    await admin`update private.publish_bulk_work set work_at = now()`;
    await admin`select private.tell_published_targets()`;
    await admin`select private.tend_publish_bulks()`;
  };
  const bulkId = await createBulk(sql, maker, videos);

  await t.step("is being made, and nobody else's", async () => {
    const bulk = (await read(bulkId))!;
    assert.deepEqual([bulk.status, bulk.videos], ["making", { waiting: 4, made: 0, failed: 0, canceled: 0 }]);
    assert.deepEqual(bulk.platforms, []);
    const stranger = await addBulkMaker(admin);
    assert.equal(await read(bulkId, stranger.userId), null);
  });

  await t.step("counts its posts by platform, with the first and last time", async () => {
    await makeAll(sql, maker, bulkId);
    await end(bulkId, 0, { youtube: "published", instagram: "published" });
    await end(bulkId, 1, { youtube: "published", instagram: "failed" });
    const bulk = (await read(bulkId))!;
    assert.deepEqual([bulk.status, bulk.videos.made], ["running", 4]);
    const [instagram, youtube] = bulk.platforms;
    assert.deepEqual([youtube!.total, youtube!.published, youtube!.waiting], [4, 2, 2]);
    assert.deepEqual([instagram!.published, instagram!.failed, instagram!.waiting], [1, 1, 2]);
    assert.ok(Date.parse(youtube!.first_at) <= Date.parse(youtube!.last_at));
    assert.deepEqual(bulk.items[1]!.targets.map(({ outcome }) => outcome).toSorted(), [
      "failed",
      "published",
    ]);
  });

  await t.step("tells nothing while it is under way, then once with counts", async () => {
    await tend();
    assert.equal((await notices()).length, 0);
    await end(bulkId, 2, { youtube: "published", instagram: "published" });
    await end(bulkId, 3, { youtube: "published", instagram: "published" });
    await tend();
    await tend();
    const [notice, ...more] = await notices();
    assert.equal(more.length, 0);
    assert.deepEqual({ ...notice }, {
      kind: "publish.bulk_finished",
      title: "7 posts are published, 1 needs you",
      body: "Instagram: 3 published, 1 not. YouTube: 4 published.",
      link_path: `/bulks/${bulkId}`,
    });
    assert.equal((await read(bulkId))!.status, "finished");
  });

  await t.step("is under way again when what failed is tried again, and tells its end again", async () => {
    const [{ retried } = { retried: 0 }] = await sql<{ retried: number }[]>`
      select public.retry_bulk(${maker.userId}, ${bulkId}) as retried`;
    assert.equal(retried, 1);
    assert.equal((await read(bulkId))!.status, "running");
    await end(bulkId, 1, { instagram: "published" });
    await tend();
    const told = await notices();
    assert.deepEqual(told.map(({ title }) => title), [
      "7 posts are published, 1 needs you",
      "4 videos are published",
    ]);
    await assert.rejects(sql`select public.retry_bulk(${maker.userId}, ${bulkId})`, {
      detail: "bulk_has_no_failures",
    });
    await admin`delete from public.notifications`;
  });

  await t.step("that runs for days tells its first trouble at once, and leads to the bulk", async () => {
    const spread = {
      kind: "every",
      minutes: 1440,
      starting_at: new Date(Date.now() + 3_600_000).toISOString(),
      time_zone: "UTC",
    };
    const long = await createBulk(sql, maker, videos, spread);
    await makeAll(sql, maker, long);
    await end(long, 0, { youtube: "failed", instagram: "failed" });
    await tend();
    assert.deepEqual((await notices()).map(({ kind, link_path }) => [kind, link_path]), [
      ["publish.failed", `/bulks/${long}`],
    ]);
  });
});
