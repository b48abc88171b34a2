-- Roles of a hosted Supabase project. Passwords are set by the stack, not here.
-- `postgres` is not a superuser: what migrations may not do when hosted, they may not do here.

do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      ('authenticator', 'login noinherit'),
      ('supabase_auth_admin', 'login noinherit'),
      ('supabase_storage_admin', 'login noinherit'),
      ('postgres', 'login createrole createdb replication bypassrls')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end
$$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres;
grant anon, authenticated, service_role to supabase_storage_admin;
-- Migrations make policies on storage.objects, which only its owner may.
grant supabase_storage_admin to postgres;

-- Statement timeouts of hosted projects, in milliseconds. The Data API applies them when it takes a role on.
alter role anon set statement_timeout = 3000;
alter role authenticated set statement_timeout = 8000;
alter role authenticator set statement_timeout = 8000;
alter role authenticator set lock_timeout = 8000;
alter role supabase_auth_admin set search_path = auth;
alter role supabase_auth_admin set idle_in_transaction_session_timeout = 60000;
