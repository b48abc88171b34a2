-- Rows without a key cannot be addressed, replicated or repaired.
-- splinter: 0004 no_primary_key
-- violated by: create table public.broken (id int)
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind in ('r', 'p')
  and not exists (select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'p')
