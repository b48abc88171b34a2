-- Every table and function says what it is for.
-- violated by: create function private.broken() returns int language sql set search_path = '' as 'select 1'
-- violated by: create table public.broken (id int primary key)
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind in ('r', 'p', 'v')
  and obj_description(c.oid, 'pg_class') is null
union all
select p.oid::regprocedure::text
from pg_proc as p
where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and obj_description(p.oid, 'pg_proc') is null
