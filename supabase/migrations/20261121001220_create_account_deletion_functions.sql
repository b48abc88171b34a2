-- The steps of an account's deletion. Called by the `account` function as service_role.

create function public.request_account_deletion(p_user_id uuid) returns void
language sql
set search_path = ''
as $$
  select private.request_account_deletion(p_user_id);
$$;

create function public.claim_account_deletions(p_limit integer, p_lease_seconds integer)
returns table (user_id uuid, step text, attempts integer, lease_token uuid)
language sql
set search_path = ''
as $$
  update private.account_deletions d
  set lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs => p_lease_seconds),
      attempts = d.attempts + 1
  where d.user_id in (
    select due.user_id
    from private.account_deletions due
    where due.next_attempt_at <= now() and coalesce(due.lease_until, '-infinity') < now()
    order by due.next_attempt_at
    limit p_limit
    for update skip locked
  )
  returning d.user_id, d.step, d.attempts, d.lease_token;
$$;

create function public.checkpoint_account_deletion(
  p_user_id uuid,
  p_lease_token uuid,
  p_step text,
  p_lease_seconds integer
) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.account_deletions d
  set attempts = case when d.step = p_step then d.attempts else 0 end,
      step = p_step,
      last_error = null,
      lease_until = now() + make_interval(secs => p_lease_seconds)
  where d.user_id = p_user_id and d.lease_token = p_lease_token;
  return found;
end;
$$;

-- Waits 10, 20, 40 … seconds, at most an hour, until the next try.
create function public.postpone_account_deletion(p_user_id uuid, p_lease_token uuid, p_error text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.account_deletions d
  set lease_token = null,
      lease_until = null,
      last_error = left(p_error, 500),
      next_attempt_at = now() + least(interval '1 hour', interval '5 seconds' * 2 ^ least(d.attempts, 12))
  where d.user_id = p_user_id and d.lease_token = p_lease_token;
  return found;
end;
$$;

create function public.finish_account_deletion(p_user_id uuid, p_lease_token uuid) returns boolean
language sql
set search_path = ''
as $$
  select private.finish_account_deletion(p_user_id, p_lease_token);
$$;

-- Of uploads that are open, and of ended ones whose bytes OneDrive has yet to drop.
create function public.list_account_upload_urls(p_user_id uuid)
returns table (session_id uuid, upload_url text, key_id text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
    select u.session_id, u.upload_url, u.key_id
    from private.onedrive_upload_urls u
    join public.onedrive_upload_sessions s on s.id = u.session_id
    where s.user_id = p_user_id
    union all
    select r.session_id, r.upload_url, r.key_id
    from private.onedrive_released_urls r
    where r.user_id = p_user_id;
end;
$$;

create function public.forget_account_secrets(p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.onedrive_upload_urls u
  using public.onedrive_upload_sessions s
  where s.id = u.session_id and s.user_id = p_user_id;
  -- The line before hands its URLs on to this table.
  delete from private.onedrive_released_urls where user_id = p_user_id;
  delete from private.onedrive_tokens where user_id = p_user_id;
  delete from private.oauth_states where user_id = p_user_id;
end;
$$;

-- Paths start with the user's id in every bucket. A page starts behind (p_after_bucket, p_after_name).
create function public.list_account_objects(
  p_user_id uuid,
  p_limit integer,
  p_after_bucket text default '',
  p_after_name text default ''
) returns table (bucket_id text, name text, size_bytes bigint, mime_type text, created_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select o.bucket_id, o.name, (o.metadata ->> 'size')::bigint, o.metadata ->> 'mimetype', o.created_at
  from storage.objects o
  where o.name like p_user_id::text || '/%' and (o.bucket_id, o.name) > (p_after_bucket, p_after_name)
  order by o.bucket_id, o.name
  limit p_limit;
$$;

-- What an upload left behind that was under way while its account went, or a user deleted by other means. Runs as
-- its owner, who may look into auth.users.
create function private.list_orphaned_objects(p_limit integer)
returns table (bucket_id text, name text)
language sql
stable
security definer
set search_path = ''
as $$
  select o.bucket_id, o.name
  from storage.objects o
  where o.created_at < now() - interval '1 hour'
    and o.name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
    and not exists (select from auth.users u where u.id::text = split_part(o.name, '/', 1))
  limit p_limit;
$$;

create function public.list_orphaned_objects(p_limit integer)
returns table (bucket_id text, name text)
language sql
stable
set search_path = ''
as $$
  select * from private.list_orphaned_objects(p_limit);
$$;

comment on function public.request_account_deletion is 'Ends every session of a user and leaves the deletion job.';
comment on function public.claim_account_deletions is 'Leases of accounts to delete, due ones first.';
comment on function public.checkpoint_account_deletion is
  'Stores the next step and extends the lease; false when the lease was lost.';
comment on function public.postpone_account_deletion is 'Gives a lease back after a failure and sets the next try.';
comment on function public.finish_account_deletion is 'Ends the job; false when the lease is lost or the user exists.';
comment on function public.list_account_upload_urls is 'Encrypted upload URLs of a user that OneDrive still honours.';
comment on function public.forget_account_secrets is 'Deletes tokens, upload URLs and pending sign-ins of a user.';
comment on function public.list_account_objects is 'A page of a user''s stored objects over all buckets, by name.';
comment on function private.list_orphaned_objects is 'Objects older than an hour below the folder of no user.';
comment on function public.list_orphaned_objects is 'Objects of nobody; called by the account function''s daily job.';

do $$
declare
  v_function text;
begin
  foreach v_function in array array[
    'public.request_account_deletion(uuid)',
    'public.claim_account_deletions(integer, integer)',
    'public.checkpoint_account_deletion(uuid, uuid, text, integer)',
    'public.postpone_account_deletion(uuid, uuid, text)',
    'public.finish_account_deletion(uuid, uuid)',
    'public.list_account_upload_urls(uuid)',
    'public.forget_account_secrets(uuid)',
    'public.list_account_objects(uuid, integer, text, text)',
    'private.list_orphaned_objects(integer)',
    'public.list_orphaned_objects(integer)'
  ] loop
    execute format('revoke execute on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end;
$$;
