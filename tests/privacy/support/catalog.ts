import assert from "node:assert/strict";
import type { Sql } from "./world.ts";

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly isGenerated: boolean;
  readonly canSelect: boolean;
  readonly canInsert: boolean;
  readonly canUpdate: boolean;
}

export interface Relation {
  readonly name: string;
  readonly isTable: boolean;
  /** RLS is on; a view runs with the rights of who reads it. */
  readonly isGuarded: boolean;
  readonly canDelete: boolean;
  readonly columns: readonly Column[];
}

export interface Routine {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly isForUsers: boolean;
  readonly isForOperators: boolean;
}

/** Every relation of a schema with what a signed-in user may do to each of its columns. */
export async function listRelations(sql: Sql, schema: string): Promise<Relation[]> {
  return await sql<Relation[]>`
    select
      c.relname as name,
      c.relkind in ('r', 'p', 'f') as "isTable",
      case when c.relkind in ('r', 'p') then c.relrowsecurity
        else coalesce(c.reloptions @> array['security_invoker=true'], false) end as "isGuarded",
      has_table_privilege('authenticated', c.oid, 'delete') as "canDelete",
      (
        select jsonb_agg(jsonb_build_object(
          'name', a.attname,
          'type', format_type(a.atttypid, null),
          'isGenerated', a.attgenerated <> '',
          'canSelect', has_column_privilege('authenticated', c.oid, a.attnum, 'select'),
          'canInsert', has_column_privilege('authenticated', c.oid, a.attnum, 'insert'),
          'canUpdate', has_column_privilege('authenticated', c.oid, a.attnum, 'update')
        ) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      ) as columns
    from pg_class c
    where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm')
    order by c.relname`;
}

/** Every function of a schema that somebody could call, with its named input parameters. */
export async function listRoutines(sql: Sql, schema: string): Promise<Routine[]> {
  return await sql<Routine[]>`
    select
      p.proname as name,
      coalesce((
        select jsonb_agg(jsonb_build_object('name', p.proargnames[n], 'type', format_type(t, null)) order by n)
        from unnest(p.proargtypes::oid[]) with ordinality as a (t, n)
      ), '[]') as parameters,
      has_function_privilege('authenticated', p.oid, 'execute') as "isForUsers",
      has_function_privilege('service_role', p.oid, 'execute') as "isForOperators"
    from pg_proc p
    where p.pronamespace = ${schema}::regnamespace and p.prokind = 'f'
      and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    order by p.proname`;
}

/**
 * What the Data API may show and this suite does not try is not there: schemas beside public, sequences with grants,
 * procedures, aggregates, and functions with two shapes.
 */
export async function checkKinds({ sql }: { readonly sql: Sql }): Promise<void> {
  const config = await Deno.readTextFile(new URL("../../../supabase/config.toml", import.meta.url));
  assert.match(config, /^schemas = \["public"\]$/m, "another schema is exposed");
  const strays = await sql`
    select 'sequence ' || c.relname as what from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
      and (has_sequence_privilege('anon', c.oid, 'usage') or has_sequence_privilege('authenticated', c.oid, 'usage'))
    union all
    select 'routine ' || p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind <> 'f'
    union all
    select 'overloaded ' || p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace group by p.proname having count(*) > 1
    union all
    select 'open to nobody''s role: ' || p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and has_function_privilege('anon', p.oid, 'execute')
    union all
    select 'readable without a session: ' || c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm')
      and has_any_column_privilege('anon', c.oid, 'select, insert, update, references')`;
  assert.deepEqual(strays.map(({ what }) => what), []);
}
