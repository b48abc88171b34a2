-- An index nobody reads costs every write. Says nothing about a table that has hardly been read.
-- splinter: 0005 unused_index
-- violated by: create table public.broken (id int primary key, name text); create index broken_name on public.broken (name); do $$ begin for i in 1..1000 loop perform from public.broken; end loop; end $$
-- undone by: drop table public.broken
select u.indexrelid::regclass::text as finding
from pg_stat_user_indexes as u
join pg_index as i on i.indexrelid = u.indexrelid
join pg_stat_user_tables as t on t.relid = u.relid
where u.schemaname in ('public', 'private')
  and u.idx_scan = 0
  and not i.indisunique
  and t.seq_scan + coalesce(t.idx_scan, 0) >= 1000
