-- Enumerations, domains and composite types of ours.
select t.oid::regtype::text as object, case t.typtype
  when 'e' then format(
    'create type %s as enum (%s);', t.oid::regtype,
    (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum as e where e.enumtypid = t.oid)
  )
  when 'd' then format(
    'create domain %s as %s%s%s%s;', t.oid::regtype, format_type(t.typbasetype, t.typtypmod),
    ' default ' || t.typdefault, case when t.typnotnull then ' not null' end,
    (select string_agg(format(' constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname) from pg_constraint as k where k.contypid = t.oid)
  )
  else format(
    'create type %s as (%s);', t.oid::regtype,
    (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum) from pg_attribute as a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
  )
end as statement
from pg_type as t
left join pg_class as c on c.oid = t.typrelid
where t.typnamespace::regnamespace::text in ('public', 'private')
  and (t.typtype in ('e', 'd') or (t.typtype = 'c' and c.relkind = 'c'))
order by t.oid::regtype::text collate "C"
