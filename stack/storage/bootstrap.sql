-- Schema `storage` as a hosted project has it: tables, helper functions, grants and guards.
-- Run by the stack as superuser at every start, after the roles exist; changes nothing that is already there.
-- The tables belong to supabase_storage_admin. `postgres` is a member of it, since only an owner makes policies;
-- the event triggers at the end refuse what hosted migrations may not do either.

grant anon, authenticated, service_role to supabase_storage_admin;
grant supabase_storage_admin to postgres;

create schema if not exists storage;
grant all on schema storage to supabase_storage_admin with grant option;
grant usage on schema storage to postgres with grant option;
grant usage on schema storage to anon, authenticated, service_role;

do $$
begin
  if to_regtype('storage.buckettype') is null then
    create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');
  end if;
end
$$;
alter type storage.buckettype owner to supabase_storage_admin;

create table if not exists storage.buckets (
  id text not null primary key,
  name text not null,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  public boolean default false,
  avif_autodetection boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text,
  type storage.buckettype not null default 'STANDARD'
);
create unique index if not exists bname on storage.buckets (name);
comment on column storage.buckets.owner is 'Field is deprecated, use owner_id instead';

create table if not exists storage.objects (
  id uuid not null default gen_random_uuid() primary key,
  bucket_id text references storage.buckets (id),
  name text,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata jsonb,
  path_tokens text[] generated always as (string_to_array(name, '/')) stored,
  version text,
  owner_id text,
  user_metadata jsonb
);
create unique index if not exists bucketid_objname on storage.objects (bucket_id, name);
create index if not exists idx_objects_bucket_id_name on storage.objects (bucket_id, name collate "C");
create index if not exists idx_objects_bucket_id_name_lower
  on storage.objects (bucket_id, lower(name) collate "C");
create index if not exists name_prefix_search on storage.objects (name text_pattern_ops);
comment on column storage.objects.owner is 'Field is deprecated, use owner_id instead';

alter table storage.buckets owner to supabase_storage_admin;
alter table storage.objects owner to supabase_storage_admin;

grant all on storage.buckets, storage.objects to postgres with grant option;
grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;

-- Helpers for policies.

create or replace function storage.foldername(name text) returns text[] language sql immutable as $$
  select (string_to_array(name, '/'))[: cardinality(string_to_array(name, '/')) - 1]
$$;

create or replace function storage.filename(name text) returns text language sql immutable as $$
  select (string_to_array(name, '/'))[cardinality(string_to_array(name, '/'))]
$$;

create or replace function storage.extension(name text) returns text language sql immutable as $$
  select reverse(split_part(reverse(storage.filename(name)), '.', 1))
$$;

-- What the Storage API is doing, e.g. storage.object.upload; null outside of it.
create or replace function storage.operation() returns text language sql stable as $$
  select current_setting('storage.operation', true)
$$;

-- The prefix `storage.` may be left out on both sides of the comparison.
create or replace function storage.allow_any_operation(expected_operations text[])
returns boolean language sql stable as $$
  select coalesce(
    bool_or(regexp_replace(storage.operation(), '^storage\.', '') = regexp_replace(wanted, '^storage\.', '')),
    false
  )
  from unnest(expected_operations) as wanted
  where wanted <> ''
$$;

create or replace function storage.allow_only_operation(expected_operation text)
returns boolean language sql stable as $$
  select storage.allow_any_operation(array[expected_operation])
$$;

-- Bytes per bucket the caller may see.
create or replace function storage.get_size_by_bucket()
returns table (size bigint, bucket_id text) language sql stable as $$
  select sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id
  from storage.objects o
  group by o.bucket_id
$$;

-- One level of a bucket: files, and folders with a null id. Names are relative to `prefix`, which ends in a
-- slash unless it is empty; `search` narrows to names that start with it. Case does not matter. Sorted by
-- name, files and folders mix; sorted by a time, folders come first. `levels` is part of the hosted signature.
create or replace function storage.search(
  prefix text,
  bucketname text,
  limits integer default 100,
  levels integer default 1,
  offsets integer default 0,
  search text default '',
  sortcolumn text default 'name',
  sortorder text default 'asc'
) returns table (
  name text, id uuid, updated_at timestamptz, created_at timestamptz, last_accessed_at timestamptz, metadata jsonb
) language plpgsql stable set search_path = '' as $$
declare
  base text := coalesce(prefix, '');
  wanted text := base || coalesce(search, '');
  direction text := case when lower(sortorder) = 'desc' then 'desc' else 'asc' end;
  by_time text := case
    when lower(sortcolumn) in ('updated_at', 'created_at', 'last_accessed_at') then lower(sortcolumn)
  end;
begin
  return query execute format(
    $query$
      with matched as (
        select o.*, position('/' in substr(o.name, length($2) + 1)) as slash
        from storage.objects o
        where o.bucket_id = $3 and starts_with(lower(o.name), lower($2))
      ), entries as (
        select substr(m.name, length($1) + 1) as name, m.id, m.updated_at, m.created_at, m.last_accessed_at,
          m.metadata, lower(m.name) as sort_name
        from matched m where m.slash = 0
        union all
        select substr(left(m.name, length($2) + m.slash - 1), length($1) + 1), null, null, null, null, null,
          lower(left(m.name, length($2) + m.slash))
        from matched m where m.slash > 0
        group by left(m.name, length($2) + m.slash), left(m.name, length($2) + m.slash - 1)
      )
      select e.name, e.id, e.updated_at, e.created_at, e.last_accessed_at, e.metadata
      from entries e
      order by %s e.sort_name collate "C" %s
      limit $4 offset $5
    $query$,
    case when by_time is not null then format('(e.id is not null), e.%I %s,', by_time, direction) end,
    direction
  ) using base, wanted, bucketname, least(coalesce(limits, 100), 1500), coalesce(offsets, 0);
end
$$;

-- Rows are bound to bytes on disk: only the Storage API, which sets storage.allow_delete_query, removes both.
create or replace function storage.protect_delete() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
    raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.'
      using errcode = '42501', hint = 'This prevents accidental data loss from orphaned objects.';
  end if;
  return null;
end
$$;

create or replace function storage.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end
$$;

create or replace function storage.enforce_bucket_name_length() returns trigger language plpgsql as $$
begin
  if length(new.name) > 100 then
    raise exception 'bucket name "%" is too long (% characters). Max is 100.', new.name, length(new.name);
  end if;
  return new;
end
$$;

create or replace trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();
create or replace trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();
create or replace trigger update_objects_updated_at before update on storage.objects
  for each row execute function storage.update_updated_at_column();
create or replace trigger enforce_bucket_name_length_trigger before insert or update of name on storage.buckets
  for each row execute function storage.enforce_bucket_name_length();

do $$
declare
  helper regprocedure;
begin
  for helper in
    select p.oid from pg_catalog.pg_proc p where p.pronamespace = 'storage'::regnamespace
  loop
    execute format('alter function %s owner to supabase_storage_admin', helper);
    execute format('grant execute on function %s to postgres, anon, authenticated, service_role', helper);
  end loop;
end
$$;

-- Hosted, `postgres` may make policies and triggers on these tables and nothing else in this schema. Being a
-- member of the owner it could do more here, and a migration that does would fail on the hosted project.
create or replace function storage.refuse_foreign_ddl() returns event_trigger language plpgsql as $$
declare
  command record;
begin
  if current_user <> 'postgres' or (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    return;
  end if;
  if tg_event = 'sql_drop' then
    select object_identity into command from pg_catalog.pg_event_trigger_dropped_objects()
    where original and schema_name = 'storage' and object_type not in ('policy', 'trigger');
  else
    select object_identity into command from pg_catalog.pg_event_trigger_ddl_commands()
    where (schema_name = 'storage' or object_identity = 'storage')
      and command_tag !~ '^(GRANT|REVOKE|COMMENT|(CREATE|ALTER|DROP) (POLICY|TRIGGER))';
  end if;
  if found then
    raise exception 'must be owner of %', command.object_identity using errcode = '42501';
  end if;
end
$$;
do $$
begin
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'storage_refuse_ddl') then
    create event trigger storage_refuse_ddl on ddl_command_end execute function storage.refuse_foreign_ddl();
    create event trigger storage_refuse_drop on sql_drop execute function storage.refuse_foreign_ddl();
  end if;
end
$$;
