-- Reading and renewing OneDrive tokens. Called by the `onedrive` and `videos` functions as service_role.
-- One refresher at a time per connection: the lease is taken in one statement and never held as a lock over HTTP.

create function public.get_onedrive_access(p_user_id uuid)
returns table (
  connection_id uuid,
  user_id uuid,
  status text,
  drive_id text,
  folder_id text,
  folder_path text,
  access_token text,
  key_id text,
  expires_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select c.id, c.user_id, c.status, c.drive_id, c.folder_id, c.folder_path, t.access_token, t.key_id, t.expires_at
  from public.user_onedrive_connections c
  left join private.onedrive_tokens t on t.connection_id = c.id
  where c.user_id = p_user_id;
$$;

-- p_seen_expires_at: the version of the tokens the caller found too old; renewed ones are not renewed again.
create function public.claim_onedrive_refresh(
  p_connection_id uuid,
  p_holder uuid,
  p_seen_expires_at timestamptz,
  p_lease_seconds integer
)
returns table (connection_id uuid, user_id uuid, refresh_token text, key_id text)
language sql
set search_path = ''
as $$
  update private.onedrive_tokens t
  set refresh_holder = p_holder,
      refresh_lease_until = now() + make_interval(secs => p_lease_seconds)
  where t.connection_id = p_connection_id
    and t.expires_at = p_seen_expires_at
    and coalesce(t.refresh_lease_until, '-infinity') < now()
  returning t.connection_id, t.user_id, t.refresh_token, t.key_id;
$$;

create function public.claim_due_onedrive_refreshes(
  p_holder uuid,
  p_due_within_seconds integer,
  p_lease_seconds integer,
  p_limit integer
)
returns table (connection_id uuid, user_id uuid, refresh_token text, key_id text)
language sql
set search_path = ''
as $$
  update private.onedrive_tokens t
  set refresh_holder = p_holder,
      refresh_lease_until = now() + make_interval(secs => p_lease_seconds)
  where t.connection_id in (
    select due.connection_id
    from private.onedrive_tokens due
    join public.user_onedrive_connections c on c.id = due.connection_id
    where due.expires_at < now() + make_interval(secs => p_due_within_seconds)
      and coalesce(due.refresh_lease_until, '-infinity') < now()
      and c.status in ('connected', 'expiring', 'error')
    order by due.expires_at
    limit p_limit
    for update of due skip locked
  )
  returning t.connection_id, t.user_id, t.refresh_token, t.key_id;
$$;

create function public.save_refreshed_onedrive_tokens(
  p_connection_id uuid,
  p_holder uuid,
  p_access_token text,
  p_refresh_token text,
  p_key_id text,
  p_expires_at timestamptz
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.onedrive_tokens
  set access_token = p_access_token,
      refresh_token = p_refresh_token,
      key_id = p_key_id,
      expires_at = p_expires_at,
      refresh_holder = null,
      refresh_lease_until = null
  where connection_id = p_connection_id and refresh_holder = p_holder;
  if not found then
    return false;
  end if;
  update public.user_onedrive_connections
  set status = 'connected', token_expires_at = p_expires_at, last_error_code = null
  where id = p_connection_id;
  return true;
end;
$$;

-- p_expired is true only for the provider's own invalid_grant; every other failure leaves the account connected.
create function public.fail_onedrive_refresh(
  p_connection_id uuid,
  p_holder uuid,
  p_error_code text,
  p_expired boolean
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  update private.onedrive_tokens
  set refresh_holder = null, refresh_lease_until = null
  where connection_id = p_connection_id and refresh_holder = p_holder;
  if not found then
    return false;
  end if;
  update public.user_onedrive_connections set last_error_code = p_error_code where id = p_connection_id;
  if not p_expired then
    return true;
  end if;
  update public.user_onedrive_connections
  set status = 'expired'
  where id = p_connection_id and status not in ('expired', 'disconnected')
  returning user_id into v_user_id;
  if v_user_id is not null then
    insert into public.notifications (user_id, kind, title, body, link_path)
    values (
      v_user_id,
      'onedrive.expired',
      'Reconnect OneDrive',
      'Microsoft ended our access to your OneDrive. Connect it again to go on uploading.',
      '/settings/onedrive'
    );
  end if;
  return true;
end;
$$;

comment on function public.get_onedrive_access is 'The connection of a user with its encrypted access token.';
comment on function public.claim_onedrive_refresh is 'Takes the refresh lease of one connection, or returns no row.';
comment on function public.claim_due_onedrive_refreshes is
  'Takes the refresh leases of connections whose access token ends soon; called by the refresh job.';
comment on function public.save_refreshed_onedrive_tokens is
  'Stores rotated tokens and gives the lease back; false when the lease was lost.';
comment on function public.fail_onedrive_refresh is
  'Gives the lease back after a failed refresh; p_expired marks the account expired and notifies its user.';

revoke execute on function public.get_onedrive_access(uuid) from public, anon, authenticated;
revoke execute on function public.claim_onedrive_refresh(uuid, uuid, timestamptz, integer) from public, anon, authenticated;
revoke execute on function public.claim_due_onedrive_refreshes(uuid, integer, integer, integer)
  from public, anon, authenticated;
revoke execute on function public.save_refreshed_onedrive_tokens(uuid, uuid, text, text, text, timestamptz)
  from public, anon, authenticated;
revoke execute on function public.fail_onedrive_refresh(uuid, uuid, text, boolean)
  from public, anon, authenticated;
grant execute on function public.get_onedrive_access(uuid) to service_role;
grant execute on function public.claim_onedrive_refresh(uuid, uuid, timestamptz, integer) to service_role;
grant execute on function public.claim_due_onedrive_refreshes(uuid, integer, integer, integer) to service_role;
grant execute on function public.save_refreshed_onedrive_tokens(uuid, uuid, text, text, text, timestamptz)
  to service_role;
grant execute on function public.fail_onedrive_refresh(uuid, uuid, text, boolean) to service_role;
