-- Policies name the role they are for; anonymous callers have none.
-- violated by: create policy "Open" on public.profiles for delete using (false)
select p.schemaname || '.' || p.tablename || ': ' || p.policyname as finding
from pg_policies as p
where p.schemaname = 'public' and p.roles <> '{authenticated}'
