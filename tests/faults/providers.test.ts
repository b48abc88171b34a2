import assert from "node:assert/strict";
import postgres from "postgres";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import { readPosts } from "../functions/support/published.ts";
import { createControl } from "../functions/support/sandbox.ts";
import { createPlatformCalls } from "./support/platform-calls.ts";
import {
  connectPublisher,
  createPublisher,
  inParallel,
  type Publisher,
  publishToBoth,
} from "./support/publisher.ts";

const BASE_PORT = 32_000;
const SEED = 20_261_121;
const USERS = 100;
const FAULTY_POSTS = 30;
const ROUTES = ["facebook_login", "instagram_login"] as const;
/** Together a fifth of all calls. No answer: before the effect, and after it. */
const FAULTS = [
  { kind: "status", value: 503, rate: 0.05 },
  { kind: "status", value: 500, rate: 0.04 },
  { kind: "rate_limit", value: 1, rate: 0.05 },
  { kind: "drop_after", value: 0, rate: 0.04 },
  { kind: "lost_answer", rate: 0.04 },
];

const { env, stop } = await startStack({ basePort: BASE_PORT });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const calls = createPlatformCalls(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
await control.set({ service: "instagram", processing_ms: 300 });
// The pauses of the embedded stack, shorter still.
await sql`
  update private.settings as setting set value = shorter.value::jsonb
  from (values
    ('publish.retry_delays_seconds', '[1, 2, 4]'), ('publish.settle_seconds', '{"default": 4}'),
    ('publish.reconcile_seconds', '[2, 3, 5, 5, 5, 5, 5, 5]')
  ) as shorter (key, value)
  where shorter.key = setting.key`;
let publishers: Publisher[] = [];

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

/** Waits until no target moves any more and returns how many have each status. */
async function waitForEnd(timeoutMs: number): Promise<Record<string, number>> {
  const read = async () => {
    const rows = await sql`select status, count(*)::integer from public.publishing_queue group by status`;
    return Object.fromEntries(rows.map(({ status, count }) => [status, count])) as Record<string, number>;
  };
  const explain = () =>
    sql`select status, error_code, count(*)::integer from public.publishing_queue group by 1, 2`;
  try {
    return await eventually("all targets to end", async () => {
      const counts = await read();
      return Object.keys(counts).every((status) => status === "published" || status === "failed") && counts;
    }, timeoutMs);
  } catch (error) {
    throw new Error(`${(error as Error).message}: ${JSON.stringify(await explain())}`);
  }
}

/** The posts of the platforms by account, platform and text, with how often each is there. */
async function countPosts(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { account, platform, caption, sha256 } of await readPosts(env)) {
    const text = caption.split("\n").at(-1);
    const key = [account, platform, text, sha256].join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const expectedPosts = (publisher: Publisher, text: string) =>
  ["youtube", "instagram"].map((platform) => [publisher.name, platform, text, publisher.sha256].join(" "));

/** Lets the project upload more today, at the platform and in our own budget alike. */
async function raiseInserts(count: number): Promise<void> {
  await control.set({ service: "google", inserts_per_day: count });
  await sql`
    update private.provider_budgets set max_count = max_count + ${count} where budget = 'youtube.inserts'`;
}

Deno.test(`${USERS} people connect and publish at the same moment`, async (t) => {
  publishers = await inParallel(
    Array.from({ length: USERS }),
    16,
    (_, index) => createPublisher(env, index % 4 === 0 ? 4_700_000 : 250_000),
  );

  await t.step("every one of them gets two accounts", async () => {
    await Promise.all(publishers.map((each, index) => connectPublisher(env, each, ROUTES[index % 2]!)));
    const rows = await sql`select user_id, count(*)::integer from public.oauth_connections group by user_id`;
    assert.deepEqual([rows.length, rows.every(({ count }) => count === 2)], [USERS, true]);
  });

  await t.step("nothing is lost, nothing is there twice", async () => {
    await Promise.all(publishers.map((each) => publishToBoth(env, each, "At once")));
    assert.deepEqual(await waitForEnd(300_000), { published: 2 * USERS });
    const posts = await countPosts();
    const expected = publishers.flatMap((each) => expectedPosts(each, "At once"));
    assert.deepEqual([...posts.keys()].sort(), expected.sort());
    assert.ok([...posts.values()].every((count) => count === 1));
  });

  await t.step("nobody sees what is another's", async () => {
    await inParallel(publishers, 16, async ({ account }) => {
      for (const table of ["published_videos", "publishing_queue", "oauth_connections"]) {
        const { data } = await account.client.from(table).select("user_id");
        assert.deepEqual(
          data?.map((row) => row.user_id),
          Array(table === "published_videos" ? 1 : 2).fill(account.id),
        );
      }
    });
  });

  await t.step("no platform refused a call", async () => {
    const refused = [...await calls.countByStatus()].filter(([status]) => status === 0 || status >= 400);
    assert.deepEqual(refused, []);
  });
});

Deno.test("a fifth of the platforms' calls going wrong", async (t) => {
  const some = publishers.slice(0, FAULTY_POSTS);
  assert.equal(some.length, FAULTY_POSTS);
  // Beyond half of the day everybody has only their equal part.
  await raiseInserts(3 * USERS);
  const before = await calls.countByStatus();
  await calls.breakAtRandom(FAULTS, SEED);
  await inParallel(some, 16, (each) => publishToBoth(env, each, "In trouble"));
  const { published = 0, ...others } = await waitForEnd(300_000);
  const { met, limited } = await calls.mend();
  const after = await calls.countByStatus();
  const answered = (status: number) => (after.get(status) ?? 0) - (before.get(status) ?? 0);
  const total = [...after.keys()].reduce((sum, status) => sum + answered(status), 0);
  const own = published - 2 * USERS;

  // The titles are what the run shows, so they carry the figures.
  await t.step(`${met} of ${total} calls: ${own} of ${2 * FAULTY_POSTS} targets are published`, () => {
    assert.ok(met > 0.15 * total && met < 0.25 * total, `${met} of ${total}`);
    assert.ok(own >= 0.99 * 2 * FAULTY_POSTS, JSON.stringify(others));
  });

  await t.step("and each of them once", async () => {
    const posts = [...await countPosts()].filter(([key]) => key.includes(" In trouble "));
    assert.equal(posts.length, own);
    assert.ok(posts.every(([, count]) => count === 1), JSON.stringify(posts));
    const expected = new Set(some.flatMap((each) => expectedPosts(each, "In trouble")));
    assert.deepEqual(posts.filter(([key]) => !expected.has(key)), []);
  });

  await t.step(`${limited} rate limits, all of them injected`, () => {
    assert.ok(limited > 0);
    assert.equal(answered(429), limited);
    const refused = [...after.keys()].filter((status) => status >= 400 && status < 500 && status !== 429);
    assert.deepEqual(refused.map(answered).filter(Boolean), []);
  });

  await t.step("nothing is stuck", async () => {
    assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
  });
});
