-- EXECUTE goes to named roles, never to PUBLIC.
-- violated by: create function private.broken() returns int language sql set search_path = '' as 'select 1'; grant execute on function private.broken() to public
select p.oid::regprocedure::text as finding
from pg_proc as p
where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and (p.proacl is null or exists (select from aclexplode(p.proacl) as acl where acl.grantee = 0))
