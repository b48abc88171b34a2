-- A foreign key into schema auth must point at a primary key: the auth server may drop other unique keys.
-- splinter: 0021 fkey_to_auth_unique
-- violated by: create unique index broken_key on auth.users (created_at); alter table public.profiles add constraint broken foreign key (created_at) references auth.users (created_at)
select k.conrelid::regclass || '.' || k.conname as finding
from pg_constraint as k
join pg_class as target on target.oid = k.confrelid
join pg_index as i on i.indexrelid = k.conindid
where k.contype = 'f' and target.relnamespace = 'auth'::regnamespace and not i.indisprimary
  and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
