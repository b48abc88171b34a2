import assert from "node:assert/strict";
import type postgres from "postgres";
import { PORTS } from "../support/ports.ts";
import { poll } from "../support/poll.ts";
import { type CreatedPost, inSeconds, openPublishWorld, type Platform } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishCancel);
const { control, sql } = world;
const creator = await world.createCreator();
const SESSIONS = "/upload/youtube/v3/videos";
const RACES = 10;

Deno.test.afterAll(() => world.close());

/** A post that is prepared for a time to come; `moveTo` sets another. */
async function prepare(caption: string, platform: Platform): Promise<CreatedPost> {
  const post = await creator.post(caption, [platform], { scheduled_for: inSeconds(500) });
  await creator.waitFor(post.id, platform, "ready");
  return post;
}

async function moveTo(id: string, scheduled_for: string): Promise<void> {
  const { status, body } = await creator.call("PATCH", `posts/${id}`, { scheduled_for });
  assert.equal(status, 200, JSON.stringify(body));
}

const cancel = (id: string) => creator.call("POST", `posts/${id}/cancel`);
const google = (fault: Record<string, string | number>) => control.fault({ service: "google", ...fault });

/** Ways into each status from which a post can be called back. */
const STAGES: [status: string, platform: Platform, enter: (caption: string) => Promise<CreatedPost>][] = [
  ["draft", "youtube", (caption) => creator.post(caption, ["youtube"], { draft: true })],
  [
    "scheduled",
    "youtube",
    (caption) => creator.post(caption, ["youtube"], { scheduled_for: inSeconds(3600) }),
  ],
  ["preparing", "youtube", async (caption) => {
    await google({ method: "POST", path: SESSIONS, kind: "delay", value: 10_000 });
    return await creator.post(caption, ["youtube"]);
  }],
  ["uploading", "youtube", async (caption) => {
    await google({ method: "PUT", path: SESSIONS, kind: "delay", value: 10_000 });
    return await creator.post(caption, ["youtube"]);
  }],
  ["processing", "instagram", async (caption) => {
    await control.fault({
      service: "meta",
      method: "POST",
      path: "*/media",
      kind: "slow_processing",
      value: 20_000,
    });
    return await creator.post(caption, ["instagram"]);
  }],
  ["ready", "youtube", (caption) => creator.post(caption, ["youtube"], { scheduled_for: inSeconds(500) })],
  [
    "ready",
    "instagram",
    (caption) => creator.post(caption, ["instagram"], { scheduled_for: inSeconds(500) }),
  ],
  ["retry_wait", "youtube", async (caption) => {
    await google({ method: "POST", path: SESSIONS, kind: "status", value: 503, times: 50 });
    return await creator.post(caption, ["youtube"]);
  }],
  ["failed", "youtube", async (caption) => {
    await google({ method: "POST", path: SESSIONS, kind: "status", value: 400 });
    return await creator.post(caption, ["youtube"]);
  }],
];

Deno.test("Cancel: a post stops wherever it is", async (t) => {
  const canceled: string[] = [];
  for (const [status, platform, enter] of STAGES) {
    await t.step(`${status} on ${platform}`, async () => {
      const caption = `Canceled while ${status} on ${platform}`;
      const { id } = await enter(caption);
      await creator.waitFor(id, platform, status);
      const answer = await cancel(id);
      assert.deepEqual(
        [answer.status, answer.body.overall_status],
        [200, "canceled"],
        JSON.stringify(answer.body),
      );
      const again = await cancel(id);
      assert.deepEqual([again.status, again.body.code], [409, "post_not_waiting"]);
      canceled.push(id);
      await control.clearFaults();
    });
  }

  await t.step("and nothing of it comes out later", async () => {
    // One that was due after all of them is out, so their times are over and every worker had its turn.
    const last = await creator.post("The last one", ["youtube", "instagram"], {
      scheduled_for: inSeconds(6),
    });
    for (const platform of ["youtube", "instagram"] as const) {
      await creator.waitFor(last.id, platform, "published");
    }
    assert.deepEqual(await creator.postsOf("Canceled while"), []);
    const rows = await sql`
      select status from public.publishing_queue where published_video_id = any (${canceled})`;
    assert.deepEqual([...new Set(rows.map((row) => row.status))], ["canceled"]);
    assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
  });
});

Deno.test("Cancel: what is going out or may be out cannot be called back", async (t) => {
  await t.step("while the call runs", async () => {
    const { id } = await prepare("In flight", "youtube");
    await google({ method: "PUT", path: SESSIONS, kind: "delay", value: 8_000 });
    await moveTo(id, inSeconds(0));
    await creator.waitFor(id, "youtube", "publishing");
    const { status, body } = await cancel(id);
    assert.deepEqual([status, body.code], [409, "post_is_going_out"]);
    await creator.waitFor(id, "youtube", "published");
    assert.equal((await creator.postsOf("In flight")).length, 1);
  });

  await t.step("while its outcome is open", async () => {
    const { id } = await prepare("Who knows", "youtube");
    await google({ method: "PUT", path: SESSIONS, kind: "lost_answer" });
    const askAfter = (pauses: postgres.JSONValue) =>
      sql`update private.settings set value = ${sql.json(pauses)} where key = 'publish.reconcile_seconds'`;
    const [pauses] = await sql`select value from private.settings where key = 'publish.reconcile_seconds'`;
    await askAfter([3600]);
    await moveTo(id, inSeconds(0));
    await creator.waitFor(id, "youtube", "unknown");
    const { status, body } = await cancel(id);
    assert.deepEqual([status, body.code], [409, "post_is_going_out"]);
    await askAfter(pauses!.value);
    await sql`update private.publish_jobs set work_at = now() where step = 'reconcile'`;
    await creator.waitFor(id, "youtube", "published");
    assert.equal((await creator.postsOf("Who knows")).length, 1);
  });

  await t.step("once it is out", async () => {
    const { id } = await creator.post("Out", ["youtube"]);
    await creator.waitFor(id, "youtube", "published");
    const { status, body } = await cancel(id);
    assert.deepEqual([status, body.code], [409, "post_not_waiting"]);
  });
});

Deno.test(`Cancel: ${2 * RACES} posts in the very moment they go out are either canceled or out`, async () => {
  const platforms = ["youtube", "instagram"] as const;
  const races = await Promise.all(
    Array.from({ length: 2 * RACES }, async (_, number) => {
      const platform = platforms[number % 2]!;
      const caption = `Race ${number}.`;
      return { platform, caption, ...await prepare(caption, platform) };
    }),
  );
  const dueMs = Date.now() + 4_000;
  await Promise.all(races.map(({ id }) => moveTo(id, new Date(dueMs).toISOString())));
  // The first well before its time, then on until all are on their way.
  const answers = await Promise.all(races.map(async ({ id }, number) => {
    const atMs = dueMs - 500 + number * 300;
    await poll("the moment", () => Promise.resolve(Date.now() >= atMs));
    return await cancel(id);
  }));
  for (const [number, { id, platform, caption }] of races.entries()) {
    const isCanceled = answers[number]!.status === 200;
    if (!isCanceled) assert.equal(answers[number]!.status, 409, JSON.stringify(answers[number]!.body));
    await creator.waitFor(id, platform, isCanceled ? "canceled" : "published");
    assert.equal((await creator.postsOf(caption)).length, isCanceled ? 0 : 1, caption);
  }
  assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
});
