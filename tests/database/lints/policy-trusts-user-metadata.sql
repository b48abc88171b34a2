-- user_metadata is written by the user and proves nothing.
-- splinter: 0015 rls_references_user_metadata
-- violated by: create policy "Trusting" on public.profiles for delete to authenticated using (((select auth.jwt()) -> 'user_metadata' ->> 'admin') = 'yes')
select p.schemaname || '.' || p.tablename || ': ' || p.policyname as finding
from pg_policies as p
where coalesce(p.qual, '') || coalesce(p.with_check, '') ~ 'user_meta_?data'
