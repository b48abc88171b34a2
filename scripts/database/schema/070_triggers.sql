-- Triggers that call functions of ours, wherever they are.
select t.tgrelid::regclass::text as object, pg_get_triggerdef(t.oid) || ';' || case t.tgenabled
  when 'O' then ''
  else format(E'\n-- fires in mode %s', t.tgenabled)
end as statement
from pg_trigger as t
join pg_proc as p on p.oid = t.tgfoid
where not t.tgisinternal and p.pronamespace::regnamespace::text in ('public', 'private')
order by t.tgrelid::regclass::text collate "C", t.tgname
