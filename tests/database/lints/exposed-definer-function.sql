-- Functions with their owner's rights live in schema private; the exposed schema has thin invoker wrappers.
-- splinter: 0028 anon_security_definer_function_executable, 0029 authenticated_security_definer_function_executable
-- violated by: create function public.broken() returns int language sql security definer set search_path = '' as 'select 1'
-- violated by: create function public.broken() returns trigger language plpgsql security definer set search_path = '' as 'begin return new; end'
select p.oid::regprocedure::text as finding
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and p.prosecdef
