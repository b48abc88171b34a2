-- The second of two equal indexes only costs.
-- splinter: 0009 duplicate_index
-- violated by: create index broken on public.influencer_tasks (user_id, search_asin, asin)
select array_agg(i.indexrelid::regclass::text)::text as finding
from pg_index as i
join pg_class as c on c.oid = i.indrelid
join pg_class as index on index.oid = i.indexrelid
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
group by i.indrelid, index.relam, i.indkey::text, i.indclass::text, i.indoption::text,
  pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
having count(*) > 1
