-- Who may do what with our tables and views, on tables and single columns, and row level security.
with ours as (
  select c.oid, c.oid::regclass::text as name, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity
  from pg_class as c
  where c.relnamespace::regnamespace::text in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm')
)
select name as object, statement
from ours
cross join lateral (
  select 1, '', format(
    'grant %s on table %s to %s;', string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type collate "C"), name,
    coalesce(quote_ident(r.rolname), 'public')
  )
  from aclexplode(relacl) as acl
  left join pg_roles as r on r.oid = acl.grantee
  where acl.grantee <> relowner and acl.privilege_type <> 'MAINTAIN'
  group by r.rolname
  union all
  select 2, '', format(
    'grant %s (%s) on table %s to %s;', lower(acl.privilege_type), string_agg(quote_ident(a.attname), ', ' order by a.attnum),
    name, coalesce(quote_ident(r.rolname), 'public')
  )
  from pg_attribute as a
  cross join lateral aclexplode(a.attacl) as acl
  left join pg_roles as r on r.oid = acl.grantee
  where a.attrelid = ours.oid and not a.attisdropped and acl.grantee <> relowner
  group by acl.privilege_type, r.rolname
  union all
  select 3, '', format('alter table %s enable row level security;', name) where relrowsecurity
  union all
  select 4, '', format('alter table %s force row level security;', name) where relforcerowsecurity
) as part (place, detail, statement)
order by name collate "C", place, statement collate "C"
