import assert from "node:assert/strict";
import type { Sql, World } from "./world.ts";

/** Tables of the engine that hold nothing of a user, only counters of calls, or what outlives a user's rows. */
const NOBODYS = [
  "private.settings",
  "private.rate_limits",
  "private.provider_budgets",
  "private.publish_moves",
  "private.dropped_variants",
  "private.untold_targets",
  "private.mail_gate",
  "private.data_deletions",
];

interface OwnedTable {
  readonly name: string;
  /** Column with the user's id, or null. */
  readonly owner: string | null;
  /** Column that points at a row of a user where there is no such column, and the table it points at. */
  readonly link: string | null;
  readonly target: string | null;
}

/** One hash per table over every byte the owner has in it, timestamps and secrets included, all at one moment. */
export async function hashOwnersRows({ sql, owner }: World): Promise<Record<string, string>> {
  const tables = await listOwnedTables(sql);
  assert.ok(tables.length > 15);
  const parts = tables.map((table) => {
    const { name, link, target } = table;
    const isOwners = table.owner
      ? sql`t.${sql(table.owner)}::text = ${owner.id}`
      : sql`t.${sql(link!)} in (select id from ${sql(target!)} where user_id = ${owner.id})`;
    return sql`
      select ${name}::text as name,
        count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as hash
      from ${sql(name)} t where ${isOwners}`;
  });
  const all = parts.reduce((before, part) => sql`${before} union all ${part}`);
  const rows = await sql<{ name: string; hash: string }[]>`${all}`;
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/** Names of the tables that hold a row of this user. */
export async function listTablesWithRowsOf({ sql }: World, userId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, owner } of await listOwnedTables(sql)) {
    if (!owner) continue;
    const rows = await sql`select from ${sql(name)} t where t.${sql(owner)}::text = ${userId} limit 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** Every table that can hold something of a user; one that does not say whose its rows are fails here. */
async function listOwnedTables(sql: Sql): Promise<OwnedTable[]> {
  const tables = await sql<OwnedTable[]>`
    select
      c.oid::regclass::text as name,
      (
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attname in ('user_id', 'owner_id') order by a.attname desc limit 1
      ) as owner,
      a.attname::text as link,
      k.confrelid::regclass::text as target
    from pg_class c
    left join lateral (
      select k.conkey, k.confrelid from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'f' and cardinality(k.conkey) = 1
        and exists (select from pg_attribute o where o.attrelid = k.confrelid and o.attname = 'user_id')
      limit 1
    ) k on true
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where c.relkind in ('r', 'p')
      and (c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) or c.oid in ('storage.objects'::regclass, 'auth.sessions'::regclass))
    order by 1`;
  // regclass leaves out a schema on the search path.
  const named = tables.map((table) => ({
    ...table,
    name: qualify(table.name),
    target: table.target && qualify(table.target),
  }));
  for (const { name, owner, link } of named) {
    if (!NOBODYS.includes(name)) assert.ok(owner || link, `${name} does not say whose its rows are`);
  }
  return named.filter(({ name }) => !NOBODYS.includes(name));
}

function qualify(name: string): string {
  return name.includes(".") ? name : `public.${name}`;
}
