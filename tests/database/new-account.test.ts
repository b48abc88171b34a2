import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";
import { addCorrelation, addFamily, addProduct, addUser, addVideo } from "./support/fixtures.ts";

const STATUSES = [
  "Sourced",
  "Contacted",
  "Agreed",
  "Ordered",
  "Shipped",
  "Received",
  "Filming",
  "Editing",
  "Ready to upload",
  "Uploaded",
  "Live",
  "Sold",
  "Archived",
];

Deno.test("new account", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  // The role hosted and embedded auth servers insert with; it has no rights on our tables.
  const auth = database.connect("supabase_auth_admin");

  await t.step("starts with a profile and thirteen statuses", async () => {
    const userId = await addUser(auth);
    const [profile] = await sql`select * from public.profiles where user_id = ${userId}`;
    assert.deepEqual(profile!.enabled_marketplaces, ["US"]);
    assert.equal(profile!.auto_queue_tasks, true);
    assert.equal(profile!.time_zone, "UTC");
    const statuses =
      await sql`select name, color from public.crm_statuses where user_id = ${userId} order by position`;
    assert.deepEqual(statuses.map(({ name }) => name), STATUSES);
    assert.equal(new Set(statuses.map(({ color }) => color)).size, 13, "every status has its own colour");
  });

  await t.step("takes a display name from the sign-up, cut to length", async () => {
    const id = crypto.randomUUID();
    const name = `  ${"x".repeat(150)}`;
    await auth`insert into auth.users (id, email, raw_user_meta_data) values (${id}, ${id}, ${
      sql.json({ display_name: name })
    })`;
    const [profile] = await sql`select display_name from public.profiles where user_id = ${id}`;
    assert.equal(profile!.display_name, "x".repeat(100));
  });

  await t.step("refuses a time zone that does not exist", async () => {
    const userId = await addUser(auth);
    await assert.rejects(
      async () =>
        await sql`update public.profiles set time_zone = 'Europe/Atlantis' where user_id = ${userId}`,
      { code: "PT422", detail: "unknown_time_zone" },
    );
    await sql`update public.profiles set time_zone = 'Europe/Berlin' where user_id = ${userId}`;
  });
});

Deno.test("deleted account", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const auth = database.connect("supabase_auth_admin");

  await t.step("leaves no row of its user in any table", async () => {
    const { userId, productId } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    const second = await addVideo(sql, userId, { productId });
    await addCorrelation(sql, userId, productId, { status: "candidate" });
    const otherProduct = await addProduct(sql, userId);
    await addVideo(sql, userId, { productId: otherProduct.id });
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and video_id = ${second}`;
    await sql`insert into public.crm_owners (user_id, name) values (${userId}, 'Mara')`;
    await sql`
      insert into public.product_owners (user_id, product_id, owner_id)
      select ${userId}, ${productId}, id from public.crm_owners where user_id = ${userId}`;
    await sql`insert into public.notifications (user_id, kind, title) values (${userId}, 'a.b', 'Hello')`;
    await sql`insert into public.activity_events (user_id, kind) values (${userId}, 'a.b')`;

    await auth`delete from auth.users where id = ${userId}`;

    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.columns
      where column_name = 'user_id' and table_schema in ('public', 'private')`;
    assert.ok(tables.length >= 15, "the catalog lists our tables");
    for (const { name } of tables) {
      const left = await sql.unsafe(`select count(*)::int as count from ${name} where user_id = $1`, [
        userId,
      ]);
      assert.equal(left[0]!.count, 0, name);
    }
  });
});
