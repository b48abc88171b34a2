-- auth.uid() and its like must be wrapped in (select ...), or they run once per row.
-- splinter: 0003 auth_rls_initplan
-- violated by: create policy "Slow" on public.profiles for delete to authenticated using (auth.uid() = user_id)
-- violated by: create policy "Slow" on public.profiles for delete to authenticated using (current_setting('request.jwt.claims') <> '')
select p.schemaname || '.' || p.tablename || ': ' || p.policyname as finding
from pg_policies as p
cross join lateral (
  select regexp_replace(
    coalesce(p.qual, '') || ' ' || coalesce(p.with_check, ''),
    '\( SELECT (auth\.\w+\(\)|current_setting\([^)]*\))[^)]*\)', '', 'gi'
  ) as text
) as rest
where p.schemaname in ('public', 'private', 'storage')
  and rest.text ~* '(auth\.(uid|jwt|role|email)|current_setting)\s*\('
