-- A view reads with its owner's rights unless it says security_invoker.
-- splinter: 0010 security_definer_view
-- violated by: create view public.broken as select * from public.profiles
select c.oid::regclass::text as finding
from pg_class as c
where c.relnamespace = 'public'::regnamespace
  and c.relkind = 'v'
  and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1']
