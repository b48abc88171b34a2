import assert from "node:assert/strict";
import { callFunction } from "../support/call-function.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { openPublishWorld } from "../support/publish-world.ts";

interface BulkView {
  id: string;
  status: string;
  videos: Record<string, number>;
  platforms: { platform: string; total: number; published: number; waiting: number; canceled: number }[];
  items: {
    id: string;
    status: string;
    note: string | null;
    error: { code: string; message: string } | null;
    published_video_id: string | null;
    targets: { platform: string; scheduled_for: string; status: string }[];
  }[];
  undone?: Record<string, number>;
}

const world = await openPublishWorld(PORTS.publishBulk);
const { sql, env } = world;
const creator = await world.createCreator(300_000);
const userId = creator.account.id;
const DAY_MS = 86_400_000;

Deno.test.afterAll(() => world.close());

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const everyHour = (days: number) => ({
  kind: "every",
  minutes: 60,
  starting_at: inDays(days),
  time_zone: "UTC",
});
const BOTH = [{ platform: "youtube" }, { platform: "instagram" }];

/** Rows of videos whose posts are too far away for anybody to look at the files. */
async function addVideos(count: number, productId: string | null = null): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into public.product_videos (user_id, filename, size_bytes, mime_type, upload_status, product_id)
    select ${userId}, 'Clip ' || gen_random_uuid() || '.mp4', 300000, 'video/mp4', 'complete', ${productId}
    from generate_series(1, ${count})
    returning id`;
  return rows.map(({ id }) => id);
}

const start = (body: Record<string, unknown>, key?: string) =>
  callFunction(env, creator.account, "POST", "publish/bulk", {
    body: { caption: "{title}", targets: BOTH, ...body },
    headers: key ? { "idempotency-key": key } : {},
  });

async function read(id: unknown): Promise<BulkView> {
  const { status, body } = await creator.call("GET", `bulks/${id}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as BulkView;
}

const waitUntilMade = (id: unknown) =>
  poll("all posts to be made", async () => {
    const bulk = await read(id);
    return bulk.videos.waiting === 0 && bulk.status !== "making" && bulk;
  }, 60_000);

async function countPosts(videoIds: readonly string[]): Promise<number[]> {
  const rows = await sql<{ count: number }[]>`
    select count(post.id)::integer as count
    from unnest(${videoIds}::uuid[]) as named (id)
    left join public.published_videos as post on post.video_id = named.id
    group by named.id`;
  return rows.map(({ count }) => count);
}

Deno.test("Bulk: a few videos have their posts when the answer comes", async () => {
  const videoIds = await addVideos(3);
  const { status, body } = await start({ video_ids: videoIds, spread: everyHour(20) });
  assert.deepEqual([status, body.total], [202, 3], JSON.stringify(body));
  const bulk = await read(body.id);
  assert.deepEqual(bulk.videos, { waiting: 0, made: 3, failed: 0, canceled: 0 });
  const times = bulk.items.map(({ targets }) => Date.parse(targets[0]!.scheduled_for));
  assert.deepEqual(times.map((time) => (time - times[0]!) / 3_600_000), [0, 1, 2]);
});

Deno.test("Bulk: 50 videos whose worker is killed in the middle", async (t) => {
  const videoIds = await addVideos(50);
  const { status, body } = await start({ video_ids: videoIds, spread: everyHour(30) }, "fifty");
  assert.equal(status, 202, JSON.stringify(body));
  for (const [number, after] of [3, 18].entries()) {
    await poll("some posts to be made", async () => {
      const [row] = await sql`
        select count(*)::integer as made from public.publish_bulk_items
        where bulk_id = ${String(body.id)} and status <> 'waiting'`;
      return row!.made >= after;
    }, 60_000);
    await world.killFunction("publish");
    // Nobody waits a minute for the lease of the dead.
    await sql`update private.publish_bulk_work set lease_until = now() where bulk_id = ${String(body.id)}`;
    assert.ok(number < 2);
  }

  await t.step("have one post each", async () => {
    const bulk = await waitUntilMade(body.id);
    assert.deepEqual(bulk.videos, { waiting: 0, made: 50, failed: 0, canceled: 0 });
    assert.deepEqual([...new Set(await countPosts(videoIds))], [1]);
  });

  await t.step("are the same bulk for the same request with the same key", async () => {
    const another = await start({ video_ids: videoIds, spread: { kind: "now" } }, "fifty");
    assert.deepEqual([another.status, another.body.code], [409, "idempotency_key_reused"]);
    const key = crypto.randomUUID();
    const request = { video_ids: await addVideos(2), spread: everyHour(40) };
    const [first, second] = [await start(request, key), await start(request, key)];
    assert.deepEqual([first.status, second.body], [202, first.body]);
    assert.deepEqual(await countPosts(request.video_ids), [1, 1]);
  });

  await t.step("are summed up by platform", async () => {
    const { platforms } = await read(body.id);
    assert.deepEqual(
      platforms.map(({ platform, total, waiting }) => [platform, total, waiting]),
      [["instagram", 50, 50], ["youtube", 50, 50]],
    );
  });
});

Deno.test("Bulk: undone in the middle", async (t) => {
  const videoIds = await addVideos(60);
  const { body } = await start({ video_ids: videoIds, spread: everyHour(60) });
  await poll("some posts to be made", async () => (await read(body.id)).videos.made! >= 5, 60_000);
  const undo = await creator.call("POST", `bulks/${body.id}/cancel`);

  await t.step("says what it stopped", () => {
    const { undone, videos, status } = undo.body as unknown as BulkView;
    assert.deepEqual([undo.status, status], [200, "canceled"], JSON.stringify(undo.body));
    assert.equal(undone!.videos! + undone!.targets! / 2, 60);
    assert.deepEqual([undone!.published, undone!.going_out, videos.waiting], [0, 0, 0]);
  });

  await t.step("leaves nothing that goes out", async () => {
    const [left] = await sql`
      select count(*)::integer as jobs from private.publish_jobs as job
      join public.publishing_queue as target on target.id = job.target_id
      join public.published_videos as post on post.id = target.published_video_id
      where post.video_id = any (${videoIds})`;
    assert.equal(left!.jobs, 0);
    const again = await creator.call("POST", `bulks/${body.id}/cancel`);
    assert.deepEqual([again.status, again.body.code], [409, "bulk_not_waiting"]);
  });
});

Deno.test("Bulk: texts are filled in from each video's product", async (t) => {
  const [product] = await sql<{ id: string }[]>`
    insert into public.sourced_products (user_id, asin, title, brand, price, enabled_marketplaces)
    values (${userId}, 'B0KETTLE01', 'Kettle <1 l>', 'Fern & Co', 49.9, '{US}') returning id`;
  const { data: templates } = await creator.account.client
    .from("caption_templates")
    .insert({
      name: "Review",
      caption: "{title} by #{brand} for {price}\n{link}",
      hashtags: ["kettle"],
      variants: { instagram: { caption: "Link in bio: {title}", hashtags: [] } },
    })
    .select("id");
  const [template] = templates!;
  const [withProduct] = await addVideos(1, product!.id);
  const [without] = await addVideos(1);
  const { status, body } = await start({
    video_ids: [withProduct, without],
    caption: undefined,
    template_id: template!.id,
    targets: [{ platform: "youtube", options: { title: "{title} | {asin}" } }, { platform: "instagram" }],
    spread: everyHour(90),
  });
  assert.equal(status, 202, JSON.stringify(body));
  const texts = async (videoId: string, platform: string) => {
    const [row] = await sql`
      select
        coalesce(target.caption, post.caption) as caption, coalesce(target.hashtags, post.hashtags) as hashtags,
        target.options
      from public.publishing_queue as target
      join public.published_videos as post on post.id = target.published_video_id
      where post.video_id = ${videoId} and target.platform = ${platform}`;
    return row!;
  };

  await t.step("as each platform takes it", async () => {
    const { caption, hashtags, options } = await texts(withProduct!, "youtube");
    assert.equal(caption, "Kettle ‹1 l› by #FernCo for $49.90\nhttps://www.amazon.com/dp/B0KETTLE01");
    assert.deepEqual([hashtags, options.title], [["kettle"], "Kettle ‹1 l› | B0KETTLE01"]);
    assert.equal((await texts(withProduct!, "instagram")).caption, "Link in bio: Kettle <1 l>");
  });

  await t.step("without gaps where there is no product", async () => {
    const { caption } = await texts(without!, "youtube");
    assert.match(caption, /^Clip [0-9a-f-]{36} by for$/);
  });

  await t.step("a template of somebody else is not there", async () => {
    const answer = await start({
      video_ids: [without],
      template_id: crypto.randomUUID(),
      spread: { kind: "now" },
    });
    assert.deepEqual([answer.status, answer.body.code], [404, "template_not_found"]);
  });
});

Deno.test("Bulk: a video that cannot be posted does not stop the others", async (t) => {
  const videoIds = await addVideos(3);
  await sql`update public.product_videos set upload_status = 'uploading' where id = ${videoIds[1]!}`;
  const { body } = await start({ video_ids: videoIds, spread: everyHour(100) });
  const bulk = await read(body.id);
  assert.deepEqual(bulk.items.map(({ status }) => status), ["made", "failed", "made"]);
  assert.equal(bulk.items[1]!.error?.code, "video_not_complete");

  await t.step("and is posted when it is tried again", async () => {
    await sql`update public.product_videos set upload_status = 'complete' where id = ${videoIds[1]!}`;
    const { status, body: after } = await creator.call("POST", `bulks/${body.id}/retry`, {});
    assert.equal(status, 200, JSON.stringify(after));
    assert.deepEqual((after as unknown as BulkView).items.map((item) => item.status), [
      "made",
      "made",
      "made",
    ]);
  });

  await t.step(
    "the same again on the same day is told as a duplicate, and posted when asked for",
    async () => {
      const again = await start({ video_ids: videoIds, spread: everyHour(100) });
      const { items, id } = await read(again.body.id);
      assert.deepEqual([...new Set(items.map(({ error }) => error?.code))], ["duplicate_post"]);
      const { body: retried } = await creator.call("POST", `bulks/${id}/retry`, { allow_duplicate: true });
      assert.deepEqual((retried as unknown as BulkView).videos.made, 3);
    },
  );
});

Deno.test("Bulk: a full day is spread over the next ones", async () => {
  await sql`update private.provider_budgets set max_count = 4 where budget = 'youtube.inserts'`;
  const videoIds = await addVideos(10);
  const start_at = new Date(Date.now() + 200 * DAY_MS);
  start_at.setUTCHours(20, 0, 0, 0);
  const { body } = await start({
    video_ids: videoIds,
    targets: [{ platform: "youtube" }],
    spread: { kind: "every", minutes: 10, starting_at: start_at.toISOString(), time_zone: "UTC" },
  });
  const { items } = await read(body.id);
  const days = items.map(({ targets }) =>
    new Date(targets[0]!.scheduled_for).toLocaleDateString("en-CA", { timeZone: "America/Los_Angeles" })
  );
  assert.deepEqual(Object.values(Object.groupBy(days, (day) => day)).map((own) => own!.length), [4, 4, 2]);
  assert.equal(items.filter(({ note }) => note === "day_is_full").length, 2);
});

Deno.test("Bulk: requests that cannot be right are refused as a whole", async () => {
  const [own] = await addVideos(1);
  const cases: [Record<string, unknown>, number, string][] = [
    [{ video_ids: [crypto.randomUUID()] }, 404, "video_not_found"],
    [{ video_ids: [own, own] }, 400, "invalid_request"],
    [{ video_ids: [] }, 400, "invalid_request"],
    [{ spread: { kind: "slots" } }, 422, "posting_slots_missing"],
    [{ spread: { ...everyHour(1), starting_at: "2020-01-01T00:00:00Z" } }, 422, "scheduled_in_past"],
    [{ spread: { ...everyHour(1), minutes: 0 } }, 400, "invalid_request"],
    [{ spread: { ...everyHour(1), time_zone: "Mars/Base" } }, 422, "unknown_time_zone"],
    [{ targets: [{ platform: "youtube" }, { platform: "youtube" }] }, 422, "target_named_twice"],
    [{ targets: [{ platform: "youtube", scheduled_for: inDays(1) }] }, 400, "invalid_request"],
    [{ targets: [{ platform: "facebook" }] }, 422, "connection_missing"],
  ];
  for (const [change, status, code] of cases) {
    const answer = await start({ video_ids: [own], spread: { kind: "now" }, ...change });
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(change));
  }
  const missing = await creator.call("GET", `bulks/${crypto.randomUUID()}`);
  assert.deepEqual([missing.status, missing.body.code], [404, "bulk_not_found"]);
});
