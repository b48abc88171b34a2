import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import { addProduct, addUser, addVideo, newAsin } from "./support/fixtures.ts";

const CHILDREN = 10_000;

Deno.test(`${CHILDREN} correlated tasks`, async (t) => {
  await using database = await openDatabase();
  // One connection all along: plans kept from small statements meet the large ones.
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

  await t.step("follow their parent all at once, to and fro", async () => {
    for (const videoId of [second, first, second]) {
      await setParent(videoId);
      assert.equal(await countFollowers(videoId), CHILDREN);
    }
  });

  await t.step("go with their account within the time the API gives a user's statement", async () => {
    await sql.begin(async (tx) => {
      await tx`set local statement_timeout = '8s'`;
      await tx`delete from auth.users where id = ${userId}`;
    });
    assert.equal(await countFollowers(second), 0);
  });
});
