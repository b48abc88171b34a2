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
