-- Materialized views and foreign tables cannot have row level security; auth.users must not be reachable by a view.
-- splinter: 0002 auth_users_exposed, 0016 materialized_view_in_api, 0017 foreign_table_in_api
-- violated by: create materialized view public.broken as select 1 as id
-- violated by: create foreign data wrapper broken; create server broken foreign data wrapper broken; create foreign table public.broken (id int) server broken
-- violated by: create view public.broken with (security_invoker = true) as select id from auth.users
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('m', 'f')
union all
select r.ev_class::regclass::text
from pg_depend as d
join pg_rewrite as r on r.oid = d.objid
join pg_class as c on c.oid = r.ev_class
where d.classid = 'pg_rewrite'::regclass
  and d.refobjid = 'auth.users'::regclass
  and c.relnamespace = 'public'::regnamespace
