-- A table of the exposed schema without row level security is open to whoever holds a grant.
-- violated by: create table public.broken (id int primary key)
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
