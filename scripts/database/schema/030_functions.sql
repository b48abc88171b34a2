-- Functions and procedures with what is said of them and who may call them.
with ours as (
  select p.oid, p.oid::regprocedure::text as name, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner)) as acl
  from pg_proc as p
  where p.pronamespace::regnamespace::text in ('public', 'private') and p.prokind in ('f', 'p')
)
select name as object, statement
from ours
cross join lateral (
  select 1, rtrim(pg_get_functiondef(oid), E'\n ') || ';'
  union all
  select 2, format('comment on function %s is %L;', name, obj_description(oid, 'pg_proc'))
  where obj_description(oid, 'pg_proc') is not null
  union all
  select 3, format('alter function %s owner to %I;', name, proowner::regrole) where proowner <> 'postgres'::regrole
  union all
  select 4, format(
    'grant execute on function %s to %s;', name,
    string_agg(coalesce(quote_ident(r.rolname), 'public'), ', ' order by r.rolname nulls first)
  )
  from aclexplode(acl) as granted
  left join pg_roles as r on r.oid = granted.grantee
  where granted.grantee <> proowner
  having count(*) > 0
) as part (place, statement)
order by name collate "C", place
