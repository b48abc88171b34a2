-- Buckets of Storage.
select 'storage.buckets' as object, format(
  'insert into storage.buckets (id, public, file_size_limit, allowed_mime_types) values (%L, %s, %s, %L);', b.id, b.public,
  coalesce(b.file_size_limit::text, 'null'), b.allowed_mime_types
) as statement
from storage.buckets as b
order by b.id collate "C"
