-- Anonymous callers, and so everybody, have no rights on our tables and views or single columns of them.
-- violated by: grant select (id) on public.influencer_tasks to anon
-- violated by: grant insert on public.profiles to public
select c.oid::regclass || ': ' || acl.privilege_type || ' to ' || coalesce(r.rolname, 'public') as finding
from pg_class as c
left join pg_attribute as a on a.attrelid = c.oid
cross join lateral (
  select * from aclexplode(c.relacl)
  union
  select * from aclexplode(a.attacl)
) as acl
left join pg_roles as r on r.oid = acl.grantee
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and (acl.grantee = 0 or r.rolname = 'anon')
group by c.oid, acl.privilege_type, r.rolname
