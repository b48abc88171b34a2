-- New objects of ours are granted to nobody: migrations grant explicitly.
-- violated by: alter default privileges for role postgres in schema public grant select on tables to anon
-- violated by: alter default privileges for role postgres in schema public grant execute on functions to authenticated
select pg_get_userbyid(d.defaclrole) || ' ' || d.defaclobjtype::text || ' to ' || coalesce(r.rolname, 'public') as finding
from pg_default_acl as d
cross join lateral aclexplode(d.defaclacl) as acl
left join pg_roles as r on r.oid = acl.grantee
where d.defaclrole = 'postgres'::regrole
  and (d.defaclnamespace = 0 or d.defaclnamespace in ('public'::regnamespace, 'private'::regnamespace))
  and (acl.grantee = 0 or r.rolname in ('anon', 'authenticated', 'service_role'))
