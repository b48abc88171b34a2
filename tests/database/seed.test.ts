import assert from "node:assert/strict";
import { runSeed } from "../../stack/database/run-migrations.ts";
import { openDatabase } from "./support/database.ts";

const DEMO = "d0000000-0000-4000-8000-000000000001";
const SUPABASE_DIR = new URL("../../supabase", import.meta.url).pathname;

Deno.test("seed", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  await runSeed(sql, SUPABASE_DIR, ["seed.sql"]);

  await t.step("makes a demo account that can sign in with its password", async () => {
    const [user] = await sql`
      select email, email_confirmed_at is not null as confirmed,
        encrypted_password = extensions.crypt('cliprelay-demo', encrypted_password) as password_fits,
        array[confirmation_token, recovery_token, email_change, email_change_token_new] as tokens
      from auth.users where id = ${DEMO}`;
    assert.deepEqual({ ...user }, {
      email: "demo@cliprelay.test",
      confirmed: true,
      password_fits: true,
      // The hosted auth server cannot read a null here.
      tokens: ["", "", "", ""],
    });
    const [identity] = await sql`select provider, provider_id from auth.identities where user_id = ${DEMO}`;
    assert.deepEqual({ ...identity }, { provider: "email", provider_id: DEMO });
  });

  await t.step("fills the tour: products, owners, correlations to decide, tasks that wait", async () => {
    const products = await sql`
      select p.asin, p.status_id, (select count(*)::int from public.product_owners o where o.product_id = p.id) as owners
      from public.sourced_products p where p.user_id = ${DEMO}`;
    assert.equal(products.length, 8);
    assert.ok(products.every(({ status_id, owners }) => status_id !== null && owners > 0));
    const correlations = await sql<{ status: string; count: number }[]>`
      select status, count(*)::int from public.asin_correlations where user_id = ${DEMO} group by status order by status`;
    assert.deepEqual(correlations.map(({ status, count }) => [status, count]), [
      ["accepted", 4],
      ["candidate", 4],
      ["rejected", 1],
    ]);
    const [tasks] = await sql`
      select count(*)::int as count, count(video_id)::int as with_video
      from public.influencer_tasks where user_id = ${DEMO}`;
    assert.deepEqual({ ...tasks }, { count: 8, with_video: 0 });
  });

  await t.step("changes nothing when it runs again", async () => {
    const countRows = async () => {
      const [row] = await sql`
        select
          (select count(*) from public.sourced_products) as products, (select count(*) from auth.users) as users,
          (select count(*) from public.asin_correlations) as correlations,
          (select count(*) from public.influencer_tasks) as tasks,
          (select count(*) from public.notifications) as notifications`;
      return { ...row };
    };
    const before = await countRows();
    await sql.unsafe(await Deno.readTextFile(`${SUPABASE_DIR}/seed.sql`)).simple();
    assert.deepEqual(await countRows(), before);
  });
});
