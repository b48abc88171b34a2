import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addProduct, addUser, addVideo } from "./support/fixtures.ts";

Deno.test("primary video", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const primaries = async (productId: string) =>
    (await sql<{ id: string }[]>`
      select id from public.product_videos where product_id = ${productId} and is_primary`).map(({ id }) =>
      id
    );
  const addProductWithVideos = async (count: number) => {
    const userId = await addUser(sql);
    const { id: productId } = await addProduct(sql, userId);
    const videoIds: string[] = [];
    for (let i = 0; i < count; i++) videoIds.push(await addVideo(sql, userId, { productId }));
    return { userId, productId, videoIds };
  };

  await t.step("is the first complete one", async () => {
    const userId = await addUser(sql);
    const { id: productId } = await addProduct(sql, userId);
    const early = await addVideo(sql, userId, { productId, status: "uploading" });
    const first = await addVideo(sql, userId, { productId });
    await sql`update public.product_videos set upload_status = 'complete' where id = ${early}`;
    assert.deepEqual(await primaries(productId), [first]);
  });

  await t.step("changes when its user marks another one", async () => {
    const { userId, productId, videoIds } = await addProductWithVideos(3);
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.product_videos set is_primary = true where id = ${videoIds[1]!}`,
    );
    assert.deepEqual(await primaries(productId), [videoIds[1]]);
  });

  await t.step("can be moved by one statement over all videos, in any order", async () => {
    const { productId, videoIds } = await addProductWithVideos(3);
    for (const wanted of [videoIds[2]!, videoIds[0]!]) {
      await sql`update public.product_videos set is_primary = (id = ${wanted}) where product_id = ${productId}`;
      assert.deepEqual(await primaries(productId), [wanted]);
    }
  });

  await t.step("passes to the newest complete one when it is deleted or unlinked", async () => {
    const { userId, productId, videoIds } = await addProductWithVideos(4);
    await addVideo(sql, userId, { productId, status: "uploading" });
    await sql`delete from public.product_videos where id = ${videoIds[0]!}`;
    assert.deepEqual(await primaries(productId), [videoIds[3]]);
    await sql`update public.product_videos set product_id = null where id = ${videoIds[3]!}`;
    assert.deepEqual(await primaries(productId), [videoIds[2]]);
  });

  await t.step("stays behind when a marked video moves to a product that has one", async () => {
    const { userId, videoIds } = await addProductWithVideos(1);
    const { id: otherId } = await addProduct(sql, userId);
    const resident = await addVideo(sql, userId, { productId: otherId });
    await sql`update public.product_videos set product_id = ${otherId} where id = ${videoIds[0]!}`;
    assert.deepEqual(await primaries(otherId), [resident]);
  });

  await t.step("cannot be left out by unmarking it", async () => {
    const { productId, videoIds } = await addProductWithVideos(1);
    await sql`update public.product_videos set is_primary = false where id = ${videoIds[0]!}`;
    assert.deepEqual(await primaries(productId), [videoIds[0]]);
  });

  await t.step("needs a product and a complete file", async () => {
    const userId = await addUser(sql);
    const { id: productId } = await addProduct(sql, userId);
    const loose = await addVideo(sql, userId);
    const incomplete = await addVideo(sql, userId, { productId, status: "uploading" });
    const mark = (id: string) => sql`update public.product_videos set is_primary = true where id = ${id}`;
    await assert.rejects(mark(loose), { code: "PT422", detail: "video_not_linked" });
    await assert.rejects(mark(incomplete), { code: "PT422", detail: "video_not_complete" });
  });
});
