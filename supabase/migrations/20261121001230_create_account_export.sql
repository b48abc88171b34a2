-- A user's own data as JSON, table by table. The list comes from the catalog: a new table with `user_id` in `public`
-- is part of the export the moment it exists. Both functions run as the caller, under row level security.

create function public.list_export_tables() returns setof text
language sql
stable
set search_path = ''
as $$
  select c.relname::text
  from pg_catalog.pg_class c
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname;
$$;

-- Answers { rows, count, after }: `rows` is the text of JSON objects joined by commas, so that nobody on the way has
-- to parse them; `after` is the key of the last one, null on an empty page. Columns the caller may not read stay out.
create function public.export_rows(p_table text, p_limit integer, p_after jsonb default null) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_relation oid;
  v_columns text;
  v_key text;
  v_key_object text;
  v_bound text;
  v_page jsonb;
begin
  if p_table not in (select public.list_export_tables()) or p_limit is null
    or p_limit not between 1 and 1000 then
    raise sqlstate 'PT404' using message = 'There is nothing here.', detail = 'not_found';
  end if;
  v_relation := format('public.%I', p_table)::regclass;
  select string_agg(format('t.%I', a.attname), ', ' order by a.attnum) into v_columns
  from pg_catalog.pg_attribute a
  where a.attrelid = v_relation and a.attnum > 0 and not a.attisdropped
    and has_column_privilege(v_relation, a.attnum, 'select');
  select
    string_agg(format('t.%I', a.attname), ', ' order by k.position),
    string_agg(format('%L, t.%I', a.attname, a.attname), ', ' order by k.position),
    string_agg(
      format('($1 ->> %L)::%s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by k.position
    )
  into v_key, v_key_object, v_bound
  from pg_catalog.pg_index i
  cross join unnest(i.indkey) with ordinality as k (attnum, position)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = v_relation and i.indisprimary;

  execute format(
    $page$
      select jsonb_build_object(
        'rows', coalesce(string_agg(p.document, ',' order by p.position), ''),
        'count', count(*),
        'after', (array_agg(p.key order by p.position desc))[1]
      )
      from (
        select row_number() over (order by %1$s) as position, jsonb_build_object(%2$s) as key,
          (select to_json(r)::text from (select %3$s) as r) as document
        from public.%4$I as t
        where t.user_id = (select auth.uid()) %5$s
        order by %1$s
        limit $2
      ) as p
    $page$,
    v_key, v_key_object, v_columns, p_table,
    case when p_after is null then '' else format('and (%s) > (%s)', v_key, v_bound) end
  ) into v_page using p_after, p_limit;
  return v_page;
end;
$$;

comment on function public.list_export_tables() is 'Every table whose rows belong to a user, by name.';
comment on function public.export_rows(text, integer, jsonb) is
  'A page of the caller''s rows of one table in key order, behind the key p_after; 1 to 1000 rows.';

revoke execute on function public.list_export_tables(), public.export_rows(text, integer, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function public.list_export_tables(), public.export_rows(text, integer, jsonb) to authenticated;
