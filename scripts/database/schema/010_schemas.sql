-- The schema of ours, who may use it, and what new objects of ours are granted by default.
select object, statement
from (
  select 'schema private' as object, 1 as place, format('create schema %I;', n.nspname) as statement
  from pg_namespace as n
  where n.nspname = 'private'
  union all
  select 'schema private', 2, format('comment on schema %I is %L;', n.nspname, obj_description(n.oid, 'pg_namespace'))
  from pg_namespace as n
  where n.nspname = 'private' and obj_description(n.oid, 'pg_namespace') is not null
  union all
  select 'schema private', 3, format(
    'grant %s on schema %I to %s;', string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type collate "C"),
    n.nspname, coalesce(quote_ident(r.rolname), 'public')
  )
  from pg_namespace as n
  cross join lateral aclexplode(n.nspacl) as acl
  left join pg_roles as r on r.oid = acl.grantee
  where n.nspname = 'private' and acl.grantee <> n.nspowner
  group by n.nspname, r.rolname
  union all
  select 'default privileges', 4, format(
    'alter default privileges for role %I%s grant %s on %s to %s;', d.defaclrole::regrole,
    case when d.defaclnamespace <> 0 then ' in schema ' || d.defaclnamespace::regnamespace end,
    string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type collate "C"),
    case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' else 'schemas' end,
    coalesce(quote_ident(r.rolname), 'public')
  )
  from pg_default_acl as d
  cross join lateral aclexplode(d.defaclacl) as acl
  left join pg_roles as r on r.oid = acl.grantee
  where d.defaclrole = 'postgres'::regrole
    and (d.defaclnamespace = 0 or d.defaclnamespace::regnamespace::text in ('public', 'private'))
    and acl.grantee <> d.defaclrole
    and acl.privilege_type <> 'MAINTAIN'
  group by d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, r.rolname
) as part
order by place, statement collate "C"
