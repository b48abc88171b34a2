-- Columns of types such as regclass stop a major upgrade.
-- splinter: 0018 unsupported_reg_types
-- violated by: create table public.broken (id regrole primary key)
select c.oid::regclass || '.' || a.attname as finding
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind in ('r', 'p')
  and a.atttypid::regtype::text in (
    'regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure',
    'regrole', 'regclass', 'regtype'
  )
