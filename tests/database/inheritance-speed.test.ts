import assert from "node:assert/strict";
import { openDatabase, type Sql } from "./support/database.ts";
import { addProduct, addUser, addVideo, newAsin } from "./support/fixtures.ts";

const CHILDREN = 10_000;
/** The limit is 1.5 in the benchmark; here it only has to catch another order of growth on a busy machine. */
const MAX_RATIO = 4;

async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** The time of the same rows' bare update, without any of our triggers. */
async function measureBareUpdate(admin: Sql, asin: string, videoId: string): Promise<number> {
  await admin`alter table public.influencer_tasks disable trigger user`;
  try {
    return await measure(() =>
      admin`update public.influencer_tasks set video_id = ${videoId} where search_asin = ${asin} and asin <> ${asin}`
    );
  } finally {
    await admin`alter table public.influencer_tasks enable trigger user`;
  }
}

Deno.test(`${CHILDREN} correlated tasks`, async (t) => {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  // One connection all along: plans kept from small statements must not slow the large ones.
  const sql = database.connect("postgres", { max: 1 });
  const userId = await addUser(sql);
  const product = await addProduct(sql, userId);
  const first = await addVideo(sql, userId, { productId: product.id });
  const second = await addVideo(sql, userId);
  const setParent = (videoId: string | null) =>
    sql`update public.influencer_tasks set video_id = ${videoId} where user_id = ${userId} and asin = ${product.asin}`;
  const countFollowers = async (videoId: string) => {
    const [row] = await sql`
      select count(*)::int as count from public.influencer_tasks where video_id = ${videoId} and video_is_inherited`;
    return row!.count;
  };

  await t.step("are made and filled by one statement", async () => {
    for (let i = 0; i < 3; i++) await setParent(i % 2 ? first : null);
    await setParent(first);
    const asins = Array.from({ length: CHILDREN }, newAsin);
    await sql`
      insert into public.asin_correlations (user_id, product_id, asin, marketplace, status)
      select ${userId}, ${product.id}, asin, 'US', 'accepted' from unnest(${asins}::text[]) as asin`;
    assert.equal(await countFollowers(first), CHILDREN);
  });

  await t.step("follow their parent in the time of a bare update of the same rows", async () => {
    await admin`vacuum analyze public.influencer_tasks`;
    const followed: number[] = [];
    const bare: number[] = [];
    for (const videoId of [second, first, second]) {
      followed.push(await measure(() => setParent(videoId)));
      assert.equal(await countFollowers(videoId), CHILDREN);
      bare.push(await measureBareUpdate(admin, product.asin, videoId === first ? second : first));
      await measureBareUpdate(admin, product.asin, videoId);
    }
    const ratio = median(followed) / median(bare);
    assert.ok(ratio < MAX_RATIO, `${ratio.toFixed(2)} times the bare update`);
  });

  await t.step("go with their account", async () => {
    const elapsed = await measure(() => sql`delete from auth.users where id = ${userId}`);
    // The API ends a user's statement after 8 seconds.
    assert.ok(elapsed < 8_000, `${Math.round(elapsed)} ms`);
  });
});
