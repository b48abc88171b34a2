-- A table of the exposed schema without row level security is open to whoever holds a grant.
-- splinter: 0013 rls_disabled_in_public
-- violated by: create table public.broken (id int primary key)
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
