-- A foreign key whose columns do not lead an index makes deletes and joins scan the table.
-- splinter: 0001 unindexed_foreign_keys
-- violated by: create table public.broken (id int primary key, product_id uuid references public.sourced_products (id))
select k.conrelid::regclass || '.' || k.conname as finding
from pg_constraint as k
where k.contype = 'f'
  and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not exists (
    select from pg_index as i
    where i.indrelid = k.conrelid
      and i.indisvalid
      and i.indpred is null
      and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] = k.conkey
  )
