-- Every policy compares user_id: it must lead an index of its table.
-- violated by: create table public.broken (id int primary key, user_id uuid)
select c.oid::regclass::text as finding
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attname = 'user_id'
where c.relkind in ('r', 'p')
  and c.relnamespace = 'public'::regnamespace
  and not exists (select from pg_index as i where i.indrelid = c.oid and i.indpred is null and i.indkey[0] = a.attnum)
