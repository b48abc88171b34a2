import assert from "node:assert/strict";
import { asRole, type Caller } from "./support/as-role.ts";
import { openDatabase, type Sql } from "./support/database.ts";
import { addFilledAccount } from "./support/filled-account.ts";

interface Table {
  name: string;
  can_select: boolean;
  can_delete: boolean;
  insert_columns: string[];
  update_columns: string[];
}

/** Every table the Data API exposes, with what a signed-in user may do to it. */
async function listTables(sql: Sql): Promise<Table[]> {
  return await sql<Table[]>`
    select
      c.relname as name,
      has_table_privilege('authenticated', c.oid, 'select') as can_select,
      has_table_privilege('authenticated', c.oid, 'delete') as can_delete,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('authenticated', c.oid, a.attnum, 'insert')
      ) as insert_columns,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('authenticated', c.oid, a.attnum, 'update')
      ) as update_columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    order by c.relname`;
}

async function attempt(work: () => Promise<{ count: number }>): Promise<number | string> {
  try {
    return (await work()).count;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

Deno.test("rows of an account", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const ownerId = await addFilledAccount(sql);
  const stranger: Caller = { role: "authenticated", userId: await addFilledAccount(sql) };
  const owner: Caller = { role: "authenticated", userId: ownerId };
  const tables = await listTables(sql);
  assert.ok(tables.length >= 14);
  let refused = 0;

  const select = (caller: Caller, table: Table) =>
    attempt(() =>
      asRole(sql, caller, (tx) => tx`select 1 from ${tx("public." + table.name)} where user_id = ${ownerId}`)
    );
  const update = (caller: Caller, table: Table) => {
    const column = table.update_columns[0] ?? "user_id";
    return attempt(() =>
      asRole(
        sql,
        caller,
        (tx) =>
          tx`update ${tx("public." + table.name)} set ${tx(column)} = ${
            tx(column)
          } where user_id = ${ownerId}`,
      )
    );
  };
  const remove = (caller: Caller, table: Table) =>
    attempt(() =>
      asRole(sql, caller, (tx) => tx`delete from ${tx("public." + table.name)} where user_id = ${ownerId}`)
    );
  /** Adds a copy of the owner's row in the owner's name. */
  const insert = async (caller: Caller, table: Table) => {
    const [row] = await sql`
      select to_jsonb(t) as data from ${sql("public." + table.name)} t where user_id = ${ownerId} limit 1`;
    const columns = table.insert_columns.length > 0 ? table.insert_columns : ["user_id"];
    return await attempt(() =>
      asRole(
        sql,
        caller,
        (tx) =>
          tx`
            insert into ${tx("public." + table.name)} (${tx(columns)})
            select ${tx(columns)} from jsonb_populate_record(null::${tx("public." + table.name)}, ${
            row!.data
          })`,
      )
    );
  };

  for (const table of tables) {
    await t.step(`${table.name}: only its user reaches them`, async () => {
      const [stored] = await sql`
        select count(*)::int as count from ${sql("public." + table.name)} where user_id = ${ownerId}`;
      assert.ok(stored!.count > 0, `addFilledAccount leaves ${table.name} empty`);

      assert.equal(await select(owner, table), table.can_select ? stored!.count : "42501", "own rows");
      assert.equal(await select(stranger, table), table.can_select ? 0 : "42501", "a stranger's select");
      assert.equal(
        await update(stranger, table),
        table.update_columns.length > 0 ? 0 : "42501",
        "a stranger's update",
      );
      assert.equal(await remove(stranger, table), table.can_delete ? 0 : "42501", "a stranger's delete");
      assert.equal(await insert(stranger, table), "42501", "a stranger's insert");
      for (const verb of [select, update, remove, insert]) {
        assert.equal(await verb({ role: "anon" }, table), "42501", `anonymous ${verb.name}`);
      }
      const [left] = await sql`
        select count(*)::int as count from ${sql("public." + table.name)} where user_id = ${ownerId}`;
      assert.equal(left!.count, stored!.count, "nothing was changed");
      refused += 8;
    });
  }

  for (const table of tables.filter(({ update_columns }) => update_columns.length > 0)) {
    await t.step(`${table.name}: its user may change what is granted`, async () => {
      const [stored] = await sql`
        select count(*)::int as count from ${sql("public." + table.name)} where user_id = ${ownerId}`;
      assert.equal(await update(owner, table), stored!.count);
    });
  }

  await t.step("every table was tried", () => assert.equal(refused, tables.length * 8));
});
