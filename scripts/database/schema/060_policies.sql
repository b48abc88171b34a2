-- Policies of our tables, and those on the tables of Storage.
select format('%I.%I', p.schemaname, p.tablename) as object, format(
  E'create policy %I on %I.%I as %s for %s to %s%s%s;', p.policyname, p.schemaname, p.tablename, lower(p.permissive), lower(p.cmd),
  array_to_string(p.roles, ', '), E'\n  using (' || p.qual || ')', E'\n  with check (' || p.with_check || ')'
) as statement
from pg_policies as p
where p.schemaname in ('public', 'private', 'storage')
order by p.schemaname, p.tablename, p.policyname
