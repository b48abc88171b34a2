-- Sequences that are not the inside of an identity column.
select c.oid::regclass::text as object, format('create sequence %s as %s;', c.oid::regclass, s.seqtypid::regtype) as statement
from pg_sequence as s
join pg_class as c on c.oid = s.seqrelid
where c.relnamespace::regnamespace::text in ('public', 'private')
  and not exists (select from pg_depend as d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'i')
order by c.oid::regclass::text collate "C"
