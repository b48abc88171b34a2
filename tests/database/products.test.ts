import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addFamily, addProduct, addUser, addVideo, newAsin } from "./support/fixtures.ts";

Deno.test("product", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("starts with the profile's marketplaces and the first status", async () => {
    const userId = await addUser(sql);
    await sql`update public.profiles set enabled_marketplaces = '{UK,DE}' where user_id = ${userId}`;
    const [row] = await asUser(sql, userId, (tx) =>
      tx`
        insert into public.sourced_products (asin, title) values (${newAsin()}, 'A product')
        returning user_id, marketplace, enabled_marketplaces, status_id`);
    const [status] =
      await sql`select id from public.crm_statuses where user_id = ${userId} and name = 'Sourced'`;
    assert.deepEqual({ ...row }, {
      user_id: userId,
      marketplace: "US",
      enabled_marketplaces: ["UK", "DE"],
      status_id: status!.id,
    });
  });

  await t.step("keeps its other values when its status is deleted", async () => {
    const userId = await addUser(sql);
    const { id } = await addProduct(sql, userId);
    await asUser(sql, userId, (tx) => tx`delete from public.crm_statuses`);
    const [row] = await sql`select user_id, status_id from public.sourced_products where id = ${id}`;
    assert.deepEqual({ ...row }, { user_id: userId, status_id: null });
  });

  await t.step("may change its ASIN only until something was made with it", async () => {
    const { userId, productId } = await addFamily(sql);
    const fresh = await addProduct(sql, userId);
    const rename = (id: string) =>
      asUser(
        sql,
        userId,
        (tx) => tx`update public.sourced_products set asin = ${newAsin()} where id = ${id}`,
      );
    await rename(fresh.id);
    await assert.rejects(rename(productId), { code: "PT422", detail: "product_asin_in_use" });
  });

  const wrong: Record<string, Record<string, string>> = {
    product_asin_has_ten_letters_or_digits: { asin: "b00000000x" },
    product_marketplace_is_known: { marketplace: "FR" },
    product_enabled_marketplaces_are_known: { enabled_marketplaces: "{US,FR}" },
    product_title_is_short_and_not_blank: { title: "   " },
    product_image_url_is_https: { image_url: "javascript:alert(1)" },
    product_price_is_not_negative: { price: "-1" },
    product_currency_is_an_iso_code: { currency: "usd" },
    product_custom_fields_are_a_small_object: { custom_fields: "[]" },
  };
  for (const [constraint, values] of Object.entries(wrong)) {
    await t.step(`is refused when not ${constraint}`, async () => {
      const userId = await addUser(sql);
      const row = { user_id: userId, asin: newAsin(), title: "A product", ...values };
      await assert.rejects(
        async () => await sql`insert into public.sourced_products ${sql(row)}`,
        { code: "23514", constraint_name: constraint },
      );
    });
  }

  await t.step("takes 500 videos linked at once", async () => {
    const userId = await addUser(sql);
    const { id } = await addProduct(sql, userId, { marketplaces: ["US", "CA", "UK", "DE"] });
    const videos = [];
    for (let i = 0; i < 500; i++) videos.push(addVideo(sql, userId));
    await Promise.all(videos);
    await sql`update public.product_videos set product_id = ${id} where user_id = ${userId}`;
    const [row] = await sql`
      select count(*)::int as tasks, count(distinct video_id)::int as videos
      from public.influencer_tasks where user_id = ${userId}`;
    assert.deepEqual({ ...row }, { tasks: 2000, videos: 500 });
  });
});
