-- A function without an empty search_path can be made to call somebody else's operator or table.
-- splinter: 0011 function_search_path_mutable
-- violated by: create function public.broken() returns int language sql as 'select 1'
select p.oid::regprocedure::text as finding
from pg_proc as p
where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not coalesce(p.proconfig, '{}') && array['search_path=""', 'search_path=']
