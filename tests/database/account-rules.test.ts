import assert from "node:assert/strict";
import { DELETION_STEPS } from "../../supabase/functions/account/rules/deletion-steps.ts";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addFilledAccount } from "./support/filled-account.ts";
import { addUser } from "./support/fixtures.ts";

Deno.test("accounts", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("know the same steps of a deletion in SQL and TypeScript", async () => {
    const [row] = await sql`
      select pg_get_constraintdef(oid) as definition from pg_constraint
      where conname = 'account_deletion_step_is_known'`;
    assert.deepEqual([...row!.definition.matchAll(/'(\w+)'/g)].map(([, step]) => step), DELETION_STEPS);
  });

  await t.step("that are closed store nothing in any bucket", async () => {
    const policies = await sql`
      select policyname, with_check from pg_policies
      where schemaname = 'storage' and tablename = 'objects' and cmd in ('INSERT', 'UPDATE', 'ALL')
        and 'authenticated' = any (roles)`;
    assert.ok(policies.length >= 2, `${policies.length} policies`);
    for (const { policyname, with_check } of policies) {
      assert.match(with_check, /is_account_open\(\)/, policyname);
    }
  });

  await t.step("that are deleted take every row with an owner along", async () => {
    const userId = await addFilledAccount(sql);
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
      where n.nspname in ('public', 'private') and c.relkind = 'r'`;
    const count = async () => {
      let total = 0;
      for (const { name } of tables) {
        total += (await sql.unsafe(`select from ${name} where user_id = $1`, [userId])).count;
      }
      return total;
    };
    assert.ok(await count() > tables.length / 2);
    await sql`delete from auth.users where id = ${userId}`;
    assert.equal(await count(), 0);
  });

  await t.step("are opened and closed by the server alone", async () => {
    const userId = await addUser(sql);
    await assert.rejects(
      asUser(
        sql,
        userId,
        (tx) => tx`update public.profiles set deletion_requested_at = null where user_id = ${userId}`,
      ),
      { code: "42501" },
    );
    await assert.rejects(
      asUser(sql, userId, (tx) => tx`select public.request_account_deletion(${userId})`),
      { code: "42501" },
    );
  });

  await t.step("have one deletion job, leased to one worker at a time", async () => {
    const userId = await addUser(sql);
    await sql`select private.request_account_deletion(${userId})`;
    await sql`select private.request_account_deletion(${userId})`;
    const [first] = await sql`select * from public.claim_account_deletions(5, 60)`;
    assert.equal(first!.user_id, userId);
    assert.equal((await sql`select * from public.claim_account_deletions(5, 60)`).count, 0);
    const [stale] = await sql`
      select public.checkpoint_account_deletion(${userId}, gen_random_uuid(), 'user', 60) as is_held`;
    assert.equal(stale!.is_held, false);
    const [early] = await sql`
      select public.finish_account_deletion(${userId}, ${first!.lease_token}) as is_done`;
    assert.equal(early!.is_done, false, "not while the user is there");
  });

  await t.step("that do not exist cannot be deleted", async () => {
    await assert.rejects(sql`select private.request_account_deletion(gen_random_uuid())`, { code: "PT404" });
  });
});
