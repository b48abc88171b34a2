-- Tables of ours whose changes are published, for example to Realtime.
select p.pubname::text as object, format('alter publication %I add table %I.%I;', p.pubname, p.schemaname, p.tablename) as statement
from pg_publication_tables as p
where p.schemaname in ('public', 'private')
order by p.pubname, p.schemaname, p.tablename
