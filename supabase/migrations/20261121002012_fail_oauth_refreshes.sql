-- How the access to a publishing account ends by the platform's word: when it is renewed, and while it is used. Called
-- by the `publish` function as service_role.

-- Marks an account expired, tells its user once, and parks what is on its way to it. Nothing for one that has ended.
-- The caller holds the account's lock.
create function private.end_oauth_access(p_connection_id uuid, p_error_code text) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_account public.oauth_connections;
  v_name text;
begin
  update public.oauth_connections as account
  set status = 'expired', last_error_code = left(p_error_code, 100)
  where account.id = p_connection_id and account.status not in ('expired', 'disconnected')
  returning account.* into v_account;
  if not found then
    return false;
  end if;
  v_name := case v_account.platform when 'youtube' then 'YouTube' when 'instagram' then 'Instagram'
    when 'facebook' then 'Facebook' else 'TikTok' end;
  insert into public.notifications (user_id, kind, title, body, link_path)
  values (
    v_account.user_id,
    'publish.account_expired',
    'Reconnect ' || v_name,
    left(
      v_name || ' ended our access to ' || coalesce(v_account.account_name, 'your account')
        || '. Connect it again; posts that wait for it then go on by themselves.',
      2000
    ),
    '/settings/accounts?account=' || v_account.id::text
  );
  perform private.park_account_posts(v_account.user_id, v_account.id);
  return true;
end;
$$;

-- p_expired is true only for the platform's own word that the permission ended; any other failure leaves the account
-- connected, or `expiring` when its last week has begun.
create function public.fail_oauth_refresh(
  p_connection_id uuid,
  p_holder uuid,
  p_error_code text,
  p_expired boolean
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array(
    select token.user_id from private.oauth_tokens as token where token.connection_id = p_connection_id
  ));
  update private.oauth_tokens
  set refresh_holder = null, refresh_lease_until = null
  where connection_id = p_connection_id and refresh_holder = p_holder;
  if not found then
    return false;
  end if;
  if p_expired then
    perform private.end_oauth_access(p_connection_id, p_error_code);
  end if;
  update public.oauth_connections
  set last_error_code = left(p_error_code, 100),
      status = case
        when status not in ('expired', 'disconnected') and route in ('facebook_login', 'instagram_login')
          and token_expires_at < now() + interval '7 days' then 'expiring'
        else status
      end
  where id = p_connection_id;
  return true;
end;
$$;

-- The platform refused tokens that were just renewed, or says that another consent is needed. p_seen_issued_at names
-- the tokens it was about: newer ones, after a reconnect, are not ended. True when the account was ended by this.
create function public.end_oauth_account(p_connection_id uuid, p_seen_issued_at timestamptz, p_error_code text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array(
    select token.user_id from private.oauth_tokens as token where token.connection_id = p_connection_id
  ));
  if not exists (
    select from private.oauth_tokens as token
    where token.connection_id = p_connection_id and token.issued_at = p_seen_issued_at
  ) then
    return false;
  end if;
  return private.end_oauth_access(p_connection_id, p_error_code);
end;
$$;

comment on function private.end_oauth_access is 'Marks an account expired, tells its user, parks its posts; once.';
comment on function public.fail_oauth_refresh is
  'Gives the lease back after a failed refresh; p_expired marks the account expired and notifies its user once.';
comment on function public.end_oauth_account is
  'The platform refuses these tokens while they are used: the account is expired unless it has newer ones.';

revoke execute on function
  private.end_oauth_access(uuid, text), public.fail_oauth_refresh(uuid, uuid, text, boolean),
  public.end_oauth_account(uuid, timestamptz, text)
  from public, anon, authenticated, service_role;
grant execute on function
  private.end_oauth_access(uuid, text), public.fail_oauth_refresh(uuid, uuid, text, boolean),
  public.end_oauth_account(uuid, timestamptz, text)
  to service_role;
