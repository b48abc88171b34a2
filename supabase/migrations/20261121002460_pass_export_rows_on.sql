-- An export of 100,000 rows is 50 MB, and reading a page as JSON to write it as JSON again costs most of the CPU time
-- an edge function has. So a page comes as the bytes its document is made of, and its end tells where to go on.

drop function public.export_rows(text, integer, jsonb);

-- Answers {"rows": […], "next": "…"}: behind the last `]` stands only `next`, hex digits or null at the end of the table,
-- so that nobody on the way has to parse the rows. Columns the caller may not read stay out. p_after: the `next` of the
-- page before.
create function public.export_rows(p_table text, p_limit integer, p_after text default null) returns json
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
  v_page json;
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
      select format(
        '{"rows":[%%s],"next":%%s}',
        string_agg(p.document, ',' order by p.position),
        coalesce(to_json(encode(convert_to(max(p.key) filter (where p.position = $2), 'UTF8'), 'hex')), 'null')
      )
      from (
        select row_number() over (order by %1$s) as position, jsonb_build_object(%2$s)::text as key,
          (select to_json(r)::text from (select %3$s) as r) as document
        from public.%4$I as t
        where t.user_id = (select auth.uid()) %5$s
        order by %1$s
        limit $2
      ) as p
    $page$,
    v_key, v_key_object, v_columns, p_table,
    case when p_after is null then '' else format('and (%s) > (%s)', v_key, v_bound) end
  ) into v_page using convert_from(decode(p_after, 'hex'), 'UTF8')::jsonb, p_limit;
  return v_page;
end;
$$;

comment on function public.export_rows(text, integer, text) is
  'A page of the caller''s rows of one table in key order, behind the one p_after ended with; 1 to 1000 rows.';

revoke execute on function public.export_rows(text, integer, text)
  from public, anon, authenticated, service_role;
grant execute on function public.export_rows(text, integer, text) to authenticated;
