-- Connecting and disconnecting publishing accounts. Called by the `publish` function as service_role.

-- p_accounts: one object per account with account_id, account_name, account_handle, account_picture_url, and the
-- encrypted access_token, refresh_token, account_token (the last two may be null) with key_id and expires_at.
-- An account that was connected before keeps its id, and the posts that wait for it go on.
create function public.save_oauth_connections(
  p_user_id uuid,
  p_platform text,
  p_route text,
  p_grant_key text,
  p_scopes text[],
  p_accounts jsonb
)
returns setof public.oauth_connections
language plpgsql
set search_path = ''
as $$
declare
  v_account jsonb;
  v_id uuid;
  v_ids uuid[] := '{}';
begin
  perform private.lock_accounts(array[p_user_id]);
  for v_account in select each.value from jsonb_array_elements(p_accounts) each
  loop
    insert into public.oauth_connections as c (
      user_id, platform, route, account_id, account_name, account_handle, account_picture_url, status, scopes,
      token_expires_at
    )
    values (
      p_user_id, p_platform, p_route, v_account ->> 'account_id', v_account ->> 'account_name',
      v_account ->> 'account_handle', v_account ->> 'account_picture_url', 'connected', p_scopes,
      (v_account ->> 'expires_at')::timestamptz
    )
    on conflict (user_id, platform, account_id) do update
    set route = excluded.route,
        account_name = excluded.account_name,
        account_handle = excluded.account_handle,
        account_picture_url = excluded.account_picture_url,
        status = 'connected',
        scopes = excluded.scopes,
        token_expires_at = excluded.token_expires_at,
        last_error_code = null
    returning c.id into v_id;

    insert into private.oauth_tokens (
      connection_id, user_id, access_token, refresh_token, account_token, grant_key, key_id, expires_at, issued_at
    )
    values (
      v_id, p_user_id, v_account ->> 'access_token', v_account ->> 'refresh_token', v_account ->> 'account_token',
      p_grant_key, v_account ->> 'key_id', (v_account ->> 'expires_at')::timestamptz, clock_timestamp()
    )
    on conflict (connection_id) do update
    set access_token = excluded.access_token,
        refresh_token = excluded.refresh_token,
        account_token = excluded.account_token,
        grant_key = excluded.grant_key,
        key_id = excluded.key_id,
        expires_at = excluded.expires_at,
        issued_at = excluded.issued_at,
        refresh_holder = null,
        refresh_lease_until = null;

    perform public.resume_after_reconnect(v_id);
    v_ids := v_ids || v_id;
  end loop;
  return query
    select c.* from public.oauth_connections c where c.id = any (v_ids) order by c.account_name, c.id;
end;
$$;

-- Deletes the tokens and hands them back for revocation at the platform; is_shared when another row of anybody lives
-- on the same permission, which revoking would end as well. No row when the user has no such account.
create function public.disconnect_oauth(p_user_id uuid, p_connection_id uuid)
returns table (
  platform text,
  route text,
  account_id text,
  access_token text,
  refresh_token text,
  key_id text,
  is_shared boolean
)
language plpgsql
set search_path = ''
as $$
declare
  v_account public.oauth_connections;
  v_tokens private.oauth_tokens;
begin
  perform private.lock_accounts(array[p_user_id]);
  update public.oauth_connections c
  set status = 'disconnected', token_expires_at = null, last_error_code = null
  where c.user_id = p_user_id and c.id = p_connection_id
  returning c.* into v_account;
  if v_account.id is null then
    return;
  end if;
  delete from private.oauth_tokens t where t.connection_id = p_connection_id returning t.* into v_tokens;
  return query
    select
      v_account.platform, v_account.route, v_account.account_id, v_tokens.access_token, v_tokens.refresh_token,
      v_tokens.key_id,
      exists (select from private.oauth_tokens other where other.grant_key = v_tokens.grant_key);
end;
$$;

comment on function public.save_oauth_connections is
  'Stores accounts and tokens after consent and wakes the posts that wait for them; returns the accounts.';
comment on function public.disconnect_oauth is
  'Marks an account disconnected, deletes its tokens and returns them for revocation.';

revoke execute on function
  public.save_oauth_connections(uuid, text, text, text, text[], jsonb), public.disconnect_oauth(uuid, uuid)
  from public, anon, authenticated;
grant execute on function
  public.save_oauth_connections(uuid, text, text, text, text[], jsonb), public.disconnect_oauth(uuid, uuid)
  to service_role;

-- Idempotent: a job is known by its name.
create function private.setup_oauth_jobs() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule(
    'publish-refresh-tokens', '*/5 * * * *',
    $job$select private.call_function('publish/internal/refresh-tokens')$job$
  );
end;
$$;

comment on function private.setup_oauth_jobs is 'Schedules the renewal of tokens; safe to run again.';
revoke execute on function private.setup_oauth_jobs() from public, anon, authenticated, service_role;

select private.setup_oauth_jobs();
