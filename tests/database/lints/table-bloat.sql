-- A table of more than 20 MiB that is mostly air: deleted rows are not cleaned up, or were once very many.
-- splinter: 0020 table_bloat
-- violated by: create table public.broken as select repeat('x', 500) as filler from generate_series(1, 60000) as n; delete from public.broken where random() < 0.95; analyze public.broken
select c.oid::regclass || ': ' || pg_size_pretty(size.held) || ' for ' || pg_size_pretty(size.needed) as finding
from pg_class as c
cross join lateral (
  -- A row costs its columns, a header of 24 bytes and a pointer of 4.
  select c.relpages::bigint * current_setting('block_size')::int as held,
    (c.reltuples * (28 + coalesce(sum(s.avg_width * (1 - s.null_frac)), 0)))::bigint as needed
  from pg_stats as s
  where s.schemaname = c.relnamespace::regnamespace::text and s.tablename = c.relname
) as size
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind = 'r'
  and c.reltuples >= 0
  and size.held > 20 * 1024 * 1024
  and size.needed < 0.3 * size.held
