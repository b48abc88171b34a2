-- A policy that lets everything through is no policy.
-- splinter: 0024 rls_policy_always_true
-- violated by: create policy "All" on public.profiles for delete to authenticated using (true)
-- violated by: create policy "All" on public.profiles for insert to authenticated with check (true)
select p.schemaname || '.' || p.tablename || ': ' || p.policyname as finding
from pg_policies as p
where p.schemaname in ('public', 'storage')
  and (regexp_replace(p.qual, '[\s()]', '', 'g') in ('true', '1=1') or regexp_replace(p.with_check, '[\s()]', '', 'g') in ('true', '1=1'))
