-- Deleting an account: a durable job, claimed with a lease by the `account` function, checkpointed per step and
-- resumed by cron after any crash. Also: a closed account stores no more objects.

alter table public.profiles add column deletion_requested_at timestamptz;
comment on column public.profiles.deletion_requested_at is
  'When the user asked for the deletion of the account; written by request_account_deletion alone.';

create table private.account_deletions (
  user_id uuid primary key,
  step text not null default 'uploads',
  attempts integer not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  requested_at timestamptz not null default now(),
  constraint account_deletion_step_is_known check (step in ('uploads', 'tokens', 'objects', 'user', 'leftovers')),
  constraint account_deletion_lease_has_token_and_end check ((lease_token is null) = (lease_until is null))
);

create index account_deletions_next_attempt_at_idx on private.account_deletions (next_attempt_at);

comment on table private.account_deletions is
  'Accounts on their way out. No foreign key to auth.users: the job outlives the user by its last step.';
comment on column private.account_deletions.step is 'The step to do next; steps before it are done.';
comment on column private.account_deletions.attempts is 'Claims since the last checkpoint.';

revoke all on private.account_deletions from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.account_deletions to service_role;

-- Policies of storage.objects ask this: an access token outlives its user for up to an hour, and objects have no
-- foreign key that would stop it. Runs as the caller, who sees their own profile alone.
create function private.is_account_open() returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.profiles p
    where p.user_id = (select auth.uid()) and p.deletion_requested_at is null
  );
$$;

comment on function private.is_account_open() is
  'False once the caller is deleted or asked to be; part of every policy that lets users store objects.';
revoke execute on function private.is_account_open() from public, anon, authenticated, service_role;
grant execute on function private.is_account_open() to authenticated, service_role;

alter policy "Users add their own posters" on storage.objects
  with check (
    bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.is_account_open())
  );
alter policy "Users replace their own posters" on storage.objects
  using (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (
    bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.is_account_open())
  );

-- Runs as its owner: it writes auth.users and auth.sessions. From here on the account cannot be signed in to.
create function private.request_account_deletion(p_user_id uuid) returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- A date far ahead and not infinity, which the auth server cannot read.
  update auth.users set banned_until = now() + interval '100 years' where id = p_user_id;
  if not found then
    raise sqlstate 'PT404' using message = 'This account does not exist.', detail = 'not_found';
  end if;
  insert into private.account_deletions (user_id) values (p_user_id) on conflict (user_id) do nothing;
  update public.profiles
  set deletion_requested_at = coalesce(deletion_requested_at, now())
  where user_id = p_user_id;
  delete from auth.sessions where user_id = p_user_id;
end;
$$;

-- Runs as its owner: it reads and tidies schema auth. The auth server keeps its log and abandoned sign-ins of
-- deleted users; a project may withhold those tables from us, and then they stay the auth server's. In `private`
-- some tables have an owner without a foreign key, so that rows outlive what they came from; the catalog knows them.
create function private.finish_account_deletion(p_user_id uuid, p_lease_token uuid) returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_table regclass;
begin
  perform from private.account_deletions d
  where d.user_id = p_user_id and d.lease_token = p_lease_token and d.step = 'leftovers'
  for update;
  if not found or exists (select from auth.users u where u.id = p_user_id) then
    return false;
  end if;
  if has_table_privilege('auth.audit_log_entries', 'select') and has_table_privilege('auth.audit_log_entries', 'delete') then
    delete from auth.audit_log_entries
    where p_user_id::text in (payload ->> 'actor_id', payload -> 'traits' ->> 'user_id');
  end if;
  if has_table_privilege('auth.flow_state', 'select') and has_table_privilege('auth.flow_state', 'delete') then
    delete from auth.flow_state where user_id = p_user_id;
  end if;
  for v_table in
    select c.oid
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
    where c.relnamespace = 'private'::regnamespace and c.relkind = 'r'
      and c.oid <> 'private.account_deletions'::regclass
  loop
    execute format('delete from %s where user_id = $1', v_table) using p_user_id;
  end loop;
  delete from private.rate_limits where subject = p_user_id::text;
  delete from private.account_deletions where user_id = p_user_id;
  return true;
end;
$$;

comment on function private.request_account_deletion(uuid) is
  'Ends every session, bars signing in and leaves a job; repeating it changes nothing. PT404 for an unknown user.';
comment on function private.finish_account_deletion(uuid, uuid) is
  'Last step: removes what no foreign key removes, and the job. False when the lease is lost or the user exists.';
revoke execute on function private.request_account_deletion(uuid), private.finish_account_deletion(uuid, uuid)
  from public, anon, authenticated, service_role;
grant execute on function private.request_account_deletion(uuid), private.finish_account_deletion(uuid, uuid)
  to service_role;
