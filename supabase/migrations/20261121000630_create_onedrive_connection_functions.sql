-- Connecting, changing and disconnecting a OneDrive account. Called by the `onedrive` function as service_role.

create function public.save_onedrive_connection(
  p_user_id uuid,
  p_account jsonb,
  p_tokens jsonb,
  p_confirm_switch boolean
)
returns setof public.user_onedrive_connections
language plpgsql
set search_path = ''
as $$
declare
  v_old public.user_onedrive_connections;
  v_is_other_account boolean;
  v_expires_at timestamptz := (p_tokens ->> 'expires_at')::timestamptz;
  v_id uuid;
begin
  select c.* into v_old from public.user_onedrive_connections c where c.user_id = p_user_id for update;
  v_is_other_account := v_old.id is not null and v_old.account_key <> p_account ->> 'account_key';
  -- Asked only when something is at stake: an account in use, or videos that stay behind in it.
  if v_is_other_account and not p_confirm_switch and (
    v_old.status <> 'disconnected'
    or exists (
      select from public.product_videos v
      where v.user_id = p_user_id and lower(v.onedrive_drive_id) <> lower(p_account ->> 'drive_id')
    )
  ) then
    raise sqlstate 'PT409' using
      message = 'This is another OneDrive account than the one connected before.',
      detail = 'account_switch';
  end if;

  insert into public.user_onedrive_connections as c (
    user_id, status, account_key, account_name, account_email, account_type, drive_id, drive_type,
    quota_total, quota_used, quota_remaining, quota_state, quota_checked_at, token_expires_at
  )
  values (
    p_user_id, 'connected', p_account ->> 'account_key', p_account ->> 'account_name',
    p_account ->> 'account_email', p_account ->> 'account_type', p_account ->> 'drive_id',
    p_account ->> 'drive_type', (p_account ->> 'quota_total')::bigint, (p_account ->> 'quota_used')::bigint,
    (p_account ->> 'quota_remaining')::bigint, p_account ->> 'quota_state', now(), v_expires_at
  )
  on conflict (user_id) do update
  set status = excluded.status,
      account_key = excluded.account_key,
      account_name = excluded.account_name,
      account_email = excluded.account_email,
      account_type = excluded.account_type,
      drive_id = excluded.drive_id,
      drive_type = excluded.drive_type,
      folder_id = case when not v_is_other_account then c.folder_id end,
      folder_path = case when not v_is_other_account then c.folder_path end,
      quota_total = excluded.quota_total,
      quota_used = excluded.quota_used,
      quota_remaining = excluded.quota_remaining,
      quota_state = excluded.quota_state,
      quota_checked_at = excluded.quota_checked_at,
      token_expires_at = excluded.token_expires_at,
      last_error_code = null
  returning c.id into v_id;

  insert into private.onedrive_tokens (connection_id, user_id, access_token, refresh_token, key_id, expires_at)
  values (v_id, p_user_id, p_tokens ->> 'access_token', p_tokens ->> 'refresh_token', p_tokens ->> 'key_id',
    v_expires_at)
  on conflict (connection_id) do update
  set access_token = excluded.access_token,
      refresh_token = excluded.refresh_token,
      key_id = excluded.key_id,
      expires_at = excluded.expires_at,
      refresh_holder = null,
      refresh_lease_until = null;

  if v_is_other_account then
    update public.onedrive_upload_sessions
    set status = 'canceled', error_code = 'account_switched'
    where user_id = p_user_id and status in ('active', 'verifying', 'expired', 'failed');
  end if;
  -- Files of another account cannot be read with these tokens; those of this account can again.
  update public.product_videos v
  set unreachable_at = case
    when lower(v.onedrive_drive_id) = lower(p_account ->> 'drive_id') then null
    else coalesce(v.unreachable_at, now())
  end
  where v.user_id = p_user_id
    and v.onedrive_drive_id is not null
    and (v.unreachable_at is null) = (lower(v.onedrive_drive_id) <> lower(p_account ->> 'drive_id'));

  return query select c.* from public.user_onedrive_connections c where c.id = v_id;
end;
$$;

create function public.update_onedrive_connection(p_user_id uuid, p_patch jsonb)
returns setof public.user_onedrive_connections
language sql
set search_path = ''
as $$
  update public.user_onedrive_connections c
  set folder_id = case when p_patch ? 'folder_id' then p_patch ->> 'folder_id' else c.folder_id end,
      folder_path = case when p_patch ? 'folder_id' then p_patch ->> 'folder_path' else c.folder_path end,
      quota_total =
        case when p_patch ? 'quota_state' then (p_patch ->> 'quota_total')::bigint else c.quota_total end,
      quota_used =
        case when p_patch ? 'quota_state' then (p_patch ->> 'quota_used')::bigint else c.quota_used end,
      quota_remaining =
        case when p_patch ? 'quota_state' then (p_patch ->> 'quota_remaining')::bigint else c.quota_remaining end,
      quota_state = case when p_patch ? 'quota_state' then p_patch ->> 'quota_state' else c.quota_state end,
      quota_checked_at = case when p_patch ? 'quota_state' then now() else c.quota_checked_at end
  where c.user_id = p_user_id
  returning c.*;
$$;

create function public.disconnect_onedrive(p_user_id uuid, p_connection_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.user_onedrive_connections
  set status = 'disconnected', token_expires_at = null, last_error_code = null
  where user_id = p_user_id and id = p_connection_id;
  if not found then
    return false;
  end if;
  delete from private.onedrive_tokens where connection_id = p_connection_id;
  update public.onedrive_upload_sessions
  set status = 'canceled', error_code = 'disconnected'
  where user_id = p_user_id and connection_id = p_connection_id
    and status in ('active', 'verifying', 'expired', 'failed');
  return true;
end;
$$;

comment on function public.save_onedrive_connection is
  'Stores account and tokens after consent; another account than before needs p_confirm_switch.';
comment on function public.update_onedrive_connection is 'Changes the chosen folder or the last seen quota.';
comment on function public.disconnect_onedrive is 'Deletes the tokens and cancels unfinished uploads.';

revoke execute on function public.save_onedrive_connection(uuid, jsonb, jsonb, boolean)
  from public, anon, authenticated;
revoke execute on function public.update_onedrive_connection(uuid, jsonb) from public, anon, authenticated;
revoke execute on function public.disconnect_onedrive(uuid, uuid) from public, anon, authenticated;
grant execute on function public.save_onedrive_connection(uuid, jsonb, jsonb, boolean) to service_role;
grant execute on function public.update_onedrive_connection(uuid, jsonb) to service_role;
grant execute on function public.disconnect_onedrive(uuid, uuid) to service_role;
