import assert from "node:assert/strict";
import { openDatabase, type Sql } from "./support/database.ts";
import { addFilledAccount } from "./support/filled-account.ts";

interface ForeignKey {
  name: string;
  table: string;
  target: string;
  columns: string[];
  target_columns: string[];
}

/** Foreign keys between tables that both say whose a row is. */
async function listForeignKeys(sql: Sql): Promise<ForeignKey[]> {
  return await sql<ForeignKey[]>`
    select
      k.conname as name, k.conrelid::regclass::text as table, k.confrelid::regclass::text as target,
      array(
        select a.attname::text from unnest(k.conkey) with ordinality as key (attnum, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.attnum order by key.place
      ) as columns,
      array(
        select a.attname::text from unnest(k.confkey) with ordinality as key (attnum, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.attnum order by key.place
      ) as target_columns
    from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'user_id')
      and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'user_id')
    order by 1`;
}

Deno.test("references between rows of users", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const userId = await addFilledAccount(sql);
  const strangerId = await addFilledAccount(sql);
  const keys = await listForeignKeys(sql);
  assert.ok(keys.length >= 17);

  for (const key of keys) {
    await t.step(`${key.name} holds a row to its own user`, async () => {
      assert.equal(key.columns[0], "user_id");
      assert.equal(key.target_columns[0], "user_id");
      const [other] = await sql`select id from ${sql(key.target)} where user_id = ${strangerId} limit 1`;
      assert.ok(other, `addFilledAccount leaves ${key.target} empty`);
      await assert.rejects(
        async () =>
          await sql`
            update ${sql(key.table)} set ${sql(key.columns[1]!)} = ${other.id}
            where ctid = (
              select ctid from ${sql(key.table)}
              where user_id = ${userId} order by ${sql(key.columns[1]!)} is null limit 1
            )`,
        { code: "23503", constraint_name: key.name },
      );
    });
  }
});
