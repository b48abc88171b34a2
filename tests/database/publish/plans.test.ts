import assert from "node:assert/strict";
import { openDatabase, type Sql, type Transaction } from "../support/database.ts";
import { addPublisher } from "./support.ts";

const TARGETS = 20_000;

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

/** Tables that hold a few rows for good; reading them as a whole is right. */
const SMALL = ["settings", "publish_moves"];

Deno.test("Statements of the publishing engine with 20,000 jobs", async (t) => {
  await using database = await openDatabase();
  const notices: string[] = [];
  const admin = database.connect("supabase_admin", {
    max: 1,
    onnotice: (notice) => notices.push(notice.message ?? ""),
  });
  const { userId, videoId, connectionId } = await addPublisher(database.sql);
  await admin`
    with posts as (
      insert into public.published_videos (user_id, video_id)
      select ${userId}, ${videoId} from generate_series(1, ${TARGETS})
      returning id
    ),
    targets as (
      insert into public.publishing_queue (user_id, published_video_id, platform, connection_id, status)
      select ${userId}, posts.id, 'youtube', ${connectionId}, 'scheduled' from posts
      returning id
    )
    insert into private.publish_jobs (target_id, user_id, due_at, work_at)
    select targets.id, ${userId}, now(), now() from targets`;
  await admin.unsafe("vacuum analyze private.publish_jobs");
  await admin.unsafe("vacuum analyze public.publishing_queue");
  await admin.unsafe(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_analyze = on;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_format = json;
    set auto_explain.log_level = notice;
    set plan_cache_mode = force_generic_plan`);

  const [job] = await admin`select * from public.claim_publish_jobs(1, 1, 600)`;
  const one = [job!.target_id, job!.lease_token] as const;
  const statements: Record<string, (tx: Transaction) => Promise<unknown>> = {
    claim: (tx) => tx`select * from public.claim_publish_jobs(1, 10, 60)`,
    extend: (tx) => tx`select public.extend_publish_lease(${one[0]}, ${one[1]}, 60, '{}')`,
    advance: (tx) => tx`select public.advance_publish_job(${one[0]}, ${one[1]}, 1, 'upload', '{}')`,
    retry: (tx) => tx`select public.retry_publish_job(${one[0]}, ${one[1]}, 'x', 'x')`,
    park: (tx) => tx`select public.park_publish_job(${one[0]}, ${one[1]}, 'quota_wait', 'x', 'x')`,
    finish: async (tx) => {
      await tx`update private.publish_jobs set step = 'publish' where target_id = ${one[0]}`;
      await tx`update public.publishing_queue set status = 'publishing' where id = ${one[0]}`;
      await tx`select public.finish_publish_job(${one[0]}, ${one[1]}, 'v', 'u')`;
    },
    begin: async (tx) => {
      await tx`update private.publish_jobs set step = 'publish' where target_id = ${one[0]}`;
      await tx`select public.begin_irreversible_call(${one[0]}, ${one[1]}, 1, '{}')`;
    },
    cancel: async (tx) => {
      await tx`
        select public.cancel_post(${userId}, published_video_id) from public.publishing_queue where id = ${
        one[0]
      }`;
    },
  };

  for (const [name, run] of Object.entries(statements)) {
    await t.step(`${name} reads its rows by index`, async () => {
      notices.length = 0;
      await inTransactionUndone(admin, run);
      const plans = notices.filter((text) => text.includes("plan:")).map(readPlan);
      assert.ok(plans.length > 1, "the statements inside were not explained");
      const nodes = plans.flatMap(listNodes);
      assert.ok(
        nodes.some((node) => node["Node Type"] === "Index Scan" && node["Relation Name"] === "publish_jobs"),
      );
      const scanned = nodes.filter((node) => node["Node Type"] === "Seq Scan");
      const tables = scanned.map((node) => node["Relation Name"]!).filter((table) => !SMALL.includes(table));
      assert.deepEqual(tables, []);
    });
  }

  await t.step("a claim and a finish update no index", async () => {
    const before = await countUpdates(admin);
    const [row] = await admin`select * from public.claim_publish_jobs(1, 1, 60)`;
    await admin`select public.advance_publish_job(${row!.target_id}, ${
      row!.lease_token
    }, 1, 'publish', '{}')`;
    const [ready] = await admin`select * from public.claim_publish_jobs(0, 1, 60)`;
    await admin`select public.begin_irreversible_call(${row!.target_id}, ${ready!.lease_token}, 1, '{}')`;
    await admin`select public.finish_publish_job(${row!.target_id}, ${ready!.lease_token}, 'v', 'u')`;
    const after = await countUpdates(admin);
    // Claim, advance (which moves the job to another lane, in its index), claim, begin; the finish deletes the job.
    assert.deepEqual(difference(after.publish_jobs!, before.publish_jobs!), {
      updates: 4,
      hot: 3,
      deletes: 1,
    });
    // Preparing, ready, publishing, published.
    assert.deepEqual(difference(after.publishing_queue!, before.publishing_queue!), {
      updates: 4,
      hot: 4,
      deletes: 0,
    });
  });
});

class Undo extends Error {}

async function inTransactionUndone(admin: Sql, run: (tx: Transaction) => Promise<unknown>): Promise<void> {
  await assert.rejects(
    admin.begin(async (tx) => {
      await run(tx);
      throw new Undo();
    }),
    Undo,
  );
}

function readPlan(notice: string): Plan {
  const text = notice.slice(notice.indexOf("{"));
  return (JSON.parse(text) as { Plan: Plan }).Plan;
}

function listNodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(listNodes)];
}

type Updates = Record<"updates" | "hot" | "deletes", number>;

async function countUpdates(admin: Sql): Promise<Record<string, Updates>> {
  await admin`select pg_stat_force_next_flush()`;
  const rows = await admin<(Updates & { relname: string })[]>`
    select relname, n_tup_upd::integer as updates, n_tup_hot_upd::integer as hot, n_tup_del::integer as deletes
    from pg_stat_user_tables where relname in ('publish_jobs', 'publishing_queue')`;
  return Object.fromEntries(
    rows.map(({ relname, updates, hot, deletes }) => [relname, { updates, hot, deletes }]),
  );
}

function difference(after: Updates, before: Updates): Updates {
  return {
    updates: after.updates - before.updates,
    hot: after.hot - before.hot,
    deletes: after.deletes - before.deletes,
  };
}
