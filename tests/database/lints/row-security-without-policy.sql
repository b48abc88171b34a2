-- Row level security without a policy refuses everybody, which is never what was meant.
-- splinter: 0008 rls_enabled_no_policy
-- violated by: create table public.broken (id int primary key); alter table public.broken enable row level security
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relrowsecurity
  and not exists (select from pg_policy as p where p.polrelid = c.oid)
