-- A policy does nothing while row level security is off.
-- splinter: 0007 policy_exists_rls_disabled
-- violated by: alter table public.profiles disable row level security
select distinct p.polrelid::regclass::text as finding
from pg_policy as p
join pg_class as c on c.oid = p.polrelid
where not c.relrowsecurity
