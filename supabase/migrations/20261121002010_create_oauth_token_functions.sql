-- Reading and renewing the tokens of publishing accounts. Called by the `publish` function as service_role.
-- One refresher at a time per account: the lease is taken in one statement and never held as a lock over HTTP.

create function public.get_oauth_access(p_user_id uuid, p_connection_id uuid)
returns table (
  connection_id uuid,
  user_id uuid,
  platform text,
  route text,
  account_id text,
  status text,
  access_token text,
  account_token text,
  key_id text,
  expires_at timestamptz,
  issued_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select
    c.id, c.user_id, c.platform, c.route, c.account_id, c.status, t.access_token, t.account_token, t.key_id,
    t.expires_at, t.issued_at
  from public.oauth_connections c
  left join private.oauth_tokens t on t.connection_id = c.id
  where c.id = p_connection_id and c.user_id = p_user_id;
$$;

-- Google's tokens live an hour and are renewed 15 minutes before their end. Meta's live 60 days and cannot be renewed
-- once they ended, so it is tried from half of that on; Instagram's must be a day old (rule: Instagram Platform,
-- Refresh Access Token), which holds for both as a pause between tries that bring nothing new.
create function private.is_oauth_refresh_due(p_route text, p_expires_at timestamptz, p_issued_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when p_route in ('facebook_login', 'instagram_login')
      then p_expires_at < now() + interval '30 days' and p_issued_at < now() - interval '24 hours'
    else p_expires_at < now() + interval '15 minutes'
  end;
$$;

-- p_seen_issued_at: the version of the tokens the caller found too old; renewed ones are not renewed again.
create function public.claim_oauth_refresh(
  p_connection_id uuid,
  p_holder uuid,
  p_seen_issued_at timestamptz,
  p_lease_seconds integer
)
returns table (
  connection_id uuid,
  user_id uuid,
  platform text,
  route text,
  account_id text,
  access_token text,
  refresh_token text,
  account_token text,
  key_id text
)
language sql
set search_path = ''
as $$
  update private.oauth_tokens t
  set refresh_holder = p_holder,
      refresh_lease_until = now() + make_interval(secs => p_lease_seconds)
  from public.oauth_connections c
  where c.id = t.connection_id
    and t.connection_id = p_connection_id
    and t.issued_at = p_seen_issued_at
    and coalesce(t.refresh_lease_until, '-infinity') < now()
  returning
    t.connection_id, t.user_id, c.platform, c.route, c.account_id, t.access_token, t.refresh_token, t.account_token,
    t.key_id;
$$;

create function public.claim_due_oauth_refreshes(p_holder uuid, p_lease_seconds integer, p_limit integer)
returns table (
  connection_id uuid,
  user_id uuid,
  platform text,
  route text,
  account_id text,
  access_token text,
  refresh_token text,
  account_token text,
  key_id text
)
language sql
set search_path = ''
as $$
  update private.oauth_tokens t
  set refresh_holder = p_holder,
      refresh_lease_until = now() + make_interval(secs => p_lease_seconds)
  from public.oauth_connections c
  where c.id = t.connection_id
    and t.connection_id in (
      select due.connection_id
      from private.oauth_tokens due
      join public.oauth_connections account on account.id = due.connection_id
      where private.is_oauth_refresh_due(account.route, due.expires_at, due.issued_at)
        -- Says nothing new, but the index can answer it.
        and due.expires_at < now() + interval '30 days'
        and coalesce(due.refresh_lease_until, '-infinity') < now()
        and account.status in ('connected', 'expiring', 'error')
      -- Whoever was tried last comes last: accounts that fail again and again keep nobody else from being renewed.
      order by due.updated_at
      limit p_limit
      for update of due skip locked
    )
  returning
    t.connection_id, t.user_id, c.platform, c.route, c.account_id, t.access_token, t.refresh_token, t.account_token,
    t.key_id;
$$;

-- p_tokens: access_token, refresh_token, account_token (both may be null), all under key_id, and expires_at.
create function public.save_refreshed_oauth_tokens(p_connection_id uuid, p_holder uuid, p_tokens jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- Whoever writes an account and its tokens comes one after the other.
  perform private.lock_accounts(array(
    select token.user_id from private.oauth_tokens as token where token.connection_id = p_connection_id
  ));
  update private.oauth_tokens
  set access_token = p_tokens ->> 'access_token',
      refresh_token = p_tokens ->> 'refresh_token',
      account_token = p_tokens ->> 'account_token',
      key_id = p_tokens ->> 'key_id',
      expires_at = (p_tokens ->> 'expires_at')::timestamptz,
      issued_at = clock_timestamp(),
      refresh_holder = null,
      refresh_lease_until = null
  where connection_id = p_connection_id and refresh_holder = p_holder;
  if not found then
    return false;
  end if;
  update public.oauth_connections
  set status = 'connected', token_expires_at = (p_tokens ->> 'expires_at')::timestamptz, last_error_code = null
  where id = p_connection_id and status <> 'disconnected';
  return true;
end;
$$;

comment on function public.get_oauth_access is 'An account of a user with its encrypted tokens.';
comment on function private.is_oauth_refresh_due is 'Whether the tokens of an account are to be renewed now.';
comment on function public.claim_oauth_refresh is 'Takes the refresh lease of one account, or returns no row.';
comment on function public.claim_due_oauth_refreshes is
  'Takes the refresh leases of accounts whose tokens end soon; called by the refresh job.';
comment on function public.save_refreshed_oauth_tokens is
  'Stores renewed tokens and gives the lease back; false when the lease was lost.';

revoke execute on function
  public.get_oauth_access(uuid, uuid), public.claim_oauth_refresh(uuid, uuid, timestamptz, integer),
  public.claim_due_oauth_refreshes(uuid, integer, integer),
  public.save_refreshed_oauth_tokens(uuid, uuid, jsonb),
  private.is_oauth_refresh_due(text, timestamptz, timestamptz)
  from public, anon, authenticated;
grant execute on function
  public.get_oauth_access(uuid, uuid), public.claim_oauth_refresh(uuid, uuid, timestamptz, integer),
  public.claim_due_oauth_refreshes(uuid, integer, integer),
  public.save_refreshed_oauth_tokens(uuid, uuid, jsonb),
  private.is_oauth_refresh_due(text, timestamptz, timestamptz)
  to service_role;
