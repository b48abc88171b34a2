-- Schemas and extensions every hosted project starts with.

create schema if not exists extensions;
grant usage on schema extensions to public;
grant all on schema extensions to postgres;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

-- `public` belongs to the API roles for usage, to `postgres` for creation; nobody else may create in it.
revoke create on schema public from public;
grant usage on schema public to anon, authenticated, service_role;
grant all on schema public to postgres with grant option;

create schema if not exists supabase_migrations;
grant all on schema supabase_migrations to postgres;

-- New projects grant nothing on new tables, sequences and functions of `public`: every migration grants
-- explicitly. (Functions keep Postgres' own rule: executable by PUBLIC.)
alter default privileges for role postgres in schema public
  revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  revoke all on functions from anon, authenticated, service_role;

do $$
begin
  execute format('grant create, connect, temporary on database %I to postgres', current_database());
  execute format('alter database %I set search_path to "$user", public, extensions', current_database());
end
$$;
