import assert from "node:assert/strict";
import { openDatabase, type Transaction } from "../support/database.ts";
import { addBulkMaker, addSlots, addVideos, createBulk, makeAll } from "./support.ts";

const OTHERS = 100;
const POSTS_EACH = 200;

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

/** Tables that hold a few rows here; reading them as a whole is right. */
const BUSY = ["publishing_queue", "published_videos", "publish_bulk_items", "publish_jobs"];

Deno.test("Statements about bulks among 20,000 posts of others", async (t) => {
  await using database = await openDatabase();
  const notices: string[] = [];
  const admin = database.connect("supabase_admin", {
    max: 1,
    onnotice: (notice) => notices.push(notice.message ?? ""),
  });
  const { sql } = database;
  for (let i = 0; i < OTHERS; i++) {
    const other = await addBulkMaker(sql);
    await admin`
      with bulk as (
        insert into public.publish_bulks (user_id, targets, spread, total)
        values (${other.userId}, '[]', '{"kind": "now"}', ${POSTS_EACH})
        returning id
      ),
      posts as (
        insert into public.published_videos (user_id, video_id)
        select ${other.userId}, ${other.videoId} from generate_series(1, ${POSTS_EACH})
        returning id
      ),
      items as (
        insert into public.publish_bulk_items (user_id, bulk_id, position, published_video_id, status)
        select ${other.userId}, bulk.id, row_number() over (), posts.id, 'made' from posts, bulk
      ),
      targets as (
        insert into public.publishing_queue
          (user_id, published_video_id, platform, connection_id, status, scheduled_for)
        select
          ${other.userId}, posts.id, 'youtube', ${other.connectionId}, 'scheduled',
          now() + make_interval(mins => (row_number() over ())::integer)
        from posts
        returning id, scheduled_for
      )
      insert into private.publish_jobs (target_id, user_id, due_at, work_at)
      select targets.id, ${other.userId}, scheduled_for, scheduled_for from targets`;
  }
  await admin.unsafe("vacuum analyze");
  const maker = await addBulkMaker(sql);
  const videos = await addVideos(sql, maker.userId, 12);
  await addSlots(sql, maker.userId, ["09:00", "18:00"]);
  const bulkId = await createBulk(sql, maker, videos, { kind: "slots" });
  await makeAll(sql, maker, bulkId);
  await admin`update private.publish_bulk_work set work_at = now()`;
  await admin.unsafe(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_format = json;
    set auto_explain.log_level = notice;
    set plan_cache_mode = force_generic_plan`);
  const asMaker = (tx: Transaction) =>
    tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: maker.userId })}, true)`;
  const statements: Record<string, (tx: Transaction) => Promise<unknown>> = {
    "reading one": async (tx) => {
      await asMaker(tx);
      const [row] = await tx`select public.read_bulk(${bulkId}) as bulk`;
      assert.equal(row!.bulk.items.length, 12);
    },
    "listing": async (tx) => {
      await asMaker(tx);
      await tx`select public.list_bulks()`;
    },
    "finding free slots": (tx) =>
      tx`select * from private.next_slots(${maker.userId}, 'youtube', ${maker.connectionId}, now(), 50)`,
    "finishing": (tx) => tx`select private.tend_publish_bulks()`,
    "undoing": (tx) => tx`select public.cancel_bulk(${maker.userId}, ${bulkId})`,
    "telling an outcome": (tx) =>
      tx`insert into public.notifications (user_id, kind, title, link_path)
        select ${maker.userId}, 'publish.published', 'x', '/posts/' || published_video_id
        from public.publish_bulk_items where user_id = ${maker.userId} and bulk_id = ${bulkId} and position = 3`,
  };
  for (const [name, run] of Object.entries(statements)) {
    await t.step(`${name} reads no busy table as a whole`, async () => {
      notices.length = 0;
      await admin.begin(async (tx) => {
        await run(tx);
        throw new Undo();
      }).catch((error) => assert.ok(error instanceof Undo, error));
      const plans = notices.filter((text) => text.includes("plan:")).map(readPlan).flatMap(listNodes);
      assert.ok(plans.length > 1, "the statements inside were not explained");
      const scanned = plans.filter((node) => node["Node Type"] === "Seq Scan")
        .map((node) => node["Relation Name"]!);
      assert.deepEqual(scanned.filter((table) => BUSY.includes(table)), []);
    });
  }
});

class Undo extends Error {}

function readPlan(notice: string): Plan {
  return (JSON.parse(notice.slice(notice.indexOf("{"))) as { Plan: Plan }).Plan;
}

function listNodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(listNodes)];
}
