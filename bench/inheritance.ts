import { openDatabase, type Sql } from "../tests/database/support/database.ts";
import { addProduct, addUser, addVideo, newAsin } from "../tests/database/support/fixtures.ts";
import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";

const CHILDREN = 10_000;
const ROUNDS = 7;

/** A parent's new video reaching 10,000 correlated tasks, against an update of the same rows without our triggers. */
export async function run(): Promise<void> {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  const sql = database.connect("postgres", { max: 1 });
  const userId = await addUser(sql);
  const { id: productId, asin } = await addProduct(sql, userId);
  const videos = [await addVideo(sql, userId, { productId }), await addVideo(sql, userId)];
  await sql`
    insert into public.asin_correlations (user_id, product_id, asin, marketplace, status)
    select ${userId}, ${productId}, asin, 'US', 'accepted'
    from unnest(${Array.from({ length: CHILDREN }, newAsin)}::text[]) as asin`;

  const followed: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [was, next] = round % 2 ? [videos[1]!, videos[0]!] : [videos[0]!, videos[1]!];
    await admin`vacuum analyze public.influencer_tasks`;
    const followMs = await measureMs(() =>
      sql`update public.influencer_tasks set video_id = ${next} where user_id = ${userId} and asin = ${asin}`
    );
    await expectChildrenWith(sql, next);
    // To the video they had and back again, so that the round ends as it began; the first way is measured.
    await admin`vacuum analyze public.influencer_tasks`;
    const bareMs = await updateBare(admin, asin, was);
    await updateBare(admin, asin, next);
    note(`round ${round}: ${followMs.toFixed(0)} ms followed, ${bareMs.toFixed(0)} ms bare`);
    if (round === 0) continue; // warms caches and plans up
    followed.push(followMs);
    bare.push(bareMs);
  }
  printResult({
    bench: "inheritance",
    metric: "time",
    value: median(followed),
    unit: "ms",
    baseline: "bare update of the same rows",
    baselineValue: median(bare),
  });
}

/** Milliseconds of the same rows' update with every trigger of ours off; foreign keys stay checked. */
async function updateBare(admin: Sql, asin: string, videoId: string): Promise<number> {
  await admin`alter table public.influencer_tasks disable trigger user`;
  try {
    return await measureMs(() =>
      admin`
        update public.influencer_tasks set video_id = ${videoId} where search_asin = ${asin} and asin <> ${asin}`
    );
  } finally {
    await admin`alter table public.influencer_tasks enable trigger user`;
  }
}

async function expectChildrenWith(sql: Sql, videoId: string): Promise<void> {
  const [row] = await sql`
    select count(*)::int as count from public.influencer_tasks where video_id = ${videoId} and video_is_inherited`;
  if (row!.count !== CHILDREN) throw new Error(`${row!.count} of ${CHILDREN} tasks follow.`);
}
