import assert from "node:assert/strict";
import postgres from "postgres";
import { createAccount } from "../functions/support/account.ts";
import { callFunction } from "../functions/support/call-function.ts";
import { connect } from "../functions/support/onedrive.ts";
import { connectPlatform } from "../functions/support/publish.ts";
import { readPosts } from "../functions/support/published.ts";
import { openDrive } from "../functions/support/sandbox-drive.ts";
import { createControl } from "../functions/support/sandbox.ts";
import { PUBLIC_OPTIONS } from "../functions/support/tiktok-world.ts";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";

const VIDEOS = 50;
const SEED = 20_261_121;
const PLATFORMS = ["youtube", "instagram", "facebook", "tiktok"] as const;
const SERVICES = ["google", "meta", "instagram", "tiktok"] as const;
const MANY = 100_000;
/** Together a fifth of all calls. No answer: before the effect, and after it. */
const FAULTS: readonly Record<string, string | number>[] = [
  { kind: "status", value: 503, rate: 0.05 },
  { kind: "status", value: 500, rate: 0.04 },
  { kind: "rate_limit", value: 1, rate: 0.05 },
  { kind: "drop_after", value: 0, rate: 0.03 },
  { kind: "lost_answer", rate: 0.03 },
];

interface Bulk {
  status: string;
  videos: Record<string, number>;
  platforms: ({ platform: string } & Record<string, number>)[];
  items: { targets: { platform: string; outcome: string; platform_url: string | null }[] }[];
}

const stack = await startStack({ basePort: 29_150 });
const { env } = stack;
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
await control.set({ service: "google", inserts_per_day: MANY });
for (const service of ["meta", "instagram"]) {
  await control.set({ service, processing_ms: 200, publishes_per_day: MANY, containers_per_day: MANY });
}
await control.set({ service: "meta", reels_per_day: MANY });
const perMinute = { inits_per_minute: MANY, creator_calls_per_minute: MANY, status_calls_per_minute: MANY };
await control.set({
  service: "tiktok",
  processing_ms: 100,
  moderation_ms: 100,
  publishes_per_day: MANY,
  ...perMinute,
});
await sql`update private.provider_budgets set max_count = ${MANY}`;
// The pauses of the embedded stack, shorter still, and enough of them for any bad luck.
const pauses = [1, 2, 4, ...Array.from({ length: 30 }, () => 4)];
await sql`
  update private.settings as setting set value = shorter.value::jsonb
  from (values
    ('publish.retry_delays_seconds', ${JSON.stringify(pauses)}), ('publish.settle_seconds', '{"default": 4}'),
    ('publish.reconcile_seconds', ${JSON.stringify(pauses)}), ('publish.max_doubts', '1000')
  ) as shorter (key, value)
  where shorter.key = setting.key`;

const ask = async <Row>(path: string): Promise<Row[]> =>
  await (await fetch(`${env.SANDBOX_URL}/__sandbox/${path}`)).json();

/** Calls of the four platforms so far. */
async function countCalls(): Promise<number> {
  const calls = await Promise.all(
    SERVICES.map((service) => ask<{ count: number }>(`requests?service=${service}`)),
  );
  return calls.flat().reduce((sum, { count }) => sum + count, 0);
}

Deno.test.afterAll(async () => {
  await sql.end();
  await stack.stop();
});

Deno.test(`A bulk of ${VIDEOS} videos to four platforms while a fifth of their calls goes wrong`, async (t) => {
  const account = await createAccount(env);
  const drive = await openDrive(env, await connect(env, account));
  const name = `bulk-${account.id}`;
  for (const platform of PLATFORMS) await connectPlatform(env, account, platform, name);
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, account, method, path, { body });
  const itemIds = [];
  for (let number = 0; number < VIDEOS; number++) {
    const bytes = await createVideoBytes(80_000, `video ${number}`, "upright");
    itemIds.push((await drive.put(`Clip number ${number}.mp4`, bytes)).id);
  }
  const linked = await call("POST", "onedrive/links", { item_ids: itemIds });
  assert.equal(linked.status, 200, JSON.stringify(linked.body));
  const videoIds = (linked.body.links as { video: { id: string } }[]).map(({ video }) => video.id);

  const madeBefore = await countCalls();
  for (const [place, service] of SERVICES.entries()) {
    for (const [number, fault] of FAULTS.entries()) {
      const seed = SEED + place * FAULTS.length + number;
      await control.fault({ service, path: "*", times: null, seed, ...fault });
    }
  }
  const started = await call("POST", "publish/bulk", {
    video_ids: videoIds,
    caption: "{title} of one bulk",
    targets: PLATFORMS.map((platform) =>
      platform === "tiktok" ? { platform, options: PUBLIC_OPTIONS } : { platform }
    ),
    spread: { kind: "now" },
  });
  assert.deepEqual([started.status, started.body.total], [202, VIDEOS], JSON.stringify(started.body));
  const read = async () => (await call("GET", `publish/bulks/${started.body.id}`)).body as unknown as Bulk;
  await eventually("some posts to be out", async () => {
    const { platforms } = await read();
    return platforms.some(({ published }) => published! > 5);
  }, 120_000);
  await stack.killFunction("publish");

  await t.step("finishes, and sums up what is there", async () => {
    const explain = () =>
      sql`select platform, status, error_code, count(*)::integer from public.publishing_queue group by 1, 2, 3`;
    const bulk = await eventually("the bulk to finish", async () => {
      const found = await read();
      return found.status === "finished" && found;
    }, 400_000).catch(async (error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await explain())}`);
    });
    assert.deepEqual(bulk.videos, { waiting: 0, made: VIDEOS, failed: 0, canceled: 0 });
    const shown = (await readPosts(env)).filter((post) => post.account === name);
    for (const { platform, total, published, failed, needs_user, waiting } of bulk.platforms) {
      assert.deepEqual([platform, total, waiting], [platform, VIDEOS, 0]);
      assert.equal(published! + failed! + needs_user!, VIDEOS);
      // 99 in a hundred: of fifty, every one but what luck alone can spoil.
      assert.ok(published! >= VIDEOS - 1, `${platform}: ${JSON.stringify(await explain())}`);
      const there = shown.filter((post) => post.platform === platform);
      assert.equal(there.length, published, `${platform}: the summary says ${published}`);
      assert.equal(new Set(there.map(({ sha256 }) => sha256)).size, there.length, `${platform}: twice`);
    }
    assert.equal(bulk.platforms.length, PLATFORMS.length);
  });

  await t.step("went through a fifth of failing calls", async () => {
    const met = (await ask<{ fired: number }>("faults")).reduce((sum, { fired }) => sum + fired, 0);
    const made = await countCalls() - madeBefore;
    assert.ok(met > 0.15 * made && met < 0.25 * made, `${met} of ${made}`);
  });

  await t.step("is told once", async () => {
    const notices = await sql`
      select kind from public.notifications where user_id = ${account.id} and kind like 'publish.%'`;
    assert.deepEqual(notices.map(({ kind }) => kind), ["publish.bulk_finished"]);
  });

  await t.step("leaves nothing behind", async () => {
    assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
    assert.deepEqual([...await sql`select bulk_id from private.publish_bulk_work`], []);
  });
});
