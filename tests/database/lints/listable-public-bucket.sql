-- A public bucket with a select policy lets anybody list its objects.
-- splinter: 0025 public_bucket_allows_listing
-- violated by: update storage.buckets set public = true where id = 'posters'
select b.id || ': ' || p.policyname as finding
from storage.buckets as b
join pg_policies as p on p.schemaname = 'storage' and p.tablename = 'objects' and p.cmd in ('SELECT', 'ALL')
where b.public and p.qual like '%' || quote_literal(b.id) || '%'
