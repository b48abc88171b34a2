-- Functions with their owner's rights live in schema private; the exposed schema has thin invoker wrappers.
-- violated by: create function public.broken() returns int language sql security definer set search_path = '' as 'select 1'
select p.oid::regprocedure::text as finding
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and p.prosecdef
