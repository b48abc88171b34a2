-- Takes away what conformance.sql made, from an earlier run that was cut short as well.

do $$
declare
  routine regprocedure;
begin
  for routine in
    select oid from pg_catalog.pg_proc where pronamespace = 'public'::regnamespace and proname like 'cf\_%'
  loop
    execute format('drop function %s', routine);
  end loop;
end
$$;

drop table if exists public.cf_notes, public.cf_items, public.cf_makers, public.cf_closed, public.cf_many;
drop type if exists public.cf_colour;
