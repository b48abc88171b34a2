-- Which videos can be reached with the account that is connected now, and pauses OneDrive asks for. Called by the
-- `onedrive` and `videos` functions as service_role.

alter table private.onedrive_tokens add column paused_until timestamptz;
comment on column private.onedrive_tokens.paused_until is
  'OneDrive asked for a pause (Retry-After): until then no call of this account is made, by any function.';

-- p_drive_id: the connected drive, null for none. Only the account decides here: a file that is missing in the
-- connected drive stays missing until it is seen again.
create function private.settle_onedrive_reach(p_user_id uuid, p_drive_id text) returns void
language sql
set search_path = ''
as $$
  update public.product_videos as video
  set unreachable_reason = wanted.reason,
      unreachable_at = case when wanted.reason is not null then coalesce(video.unreachable_at, now()) end
  from (
    select
      candidate.id,
      case
        when p_drive_id is null then 'disconnected'
        when lower(candidate.onedrive_drive_id) <> lower(p_drive_id) then 'other_account'
      end as reason
    from public.product_videos as candidate
    where candidate.user_id = p_user_id and candidate.onedrive_drive_id is not null
  ) as wanted
  where video.id = wanted.id
    and video.unreachable_reason is distinct from wanted.reason
    and not (wanted.reason is null and video.unreachable_reason = 'missing');
$$;

comment on function private.settle_onedrive_reach(uuid, text) is
  'Marks the videos of other accounts unreachable, and those of this one reachable.';
revoke execute on function private.settle_onedrive_reach(uuid, text) from public, anon, authenticated;
grant execute on function private.settle_onedrive_reach(uuid, text) to service_role;

create or replace function public.save_onedrive_connection(
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
  -- The same drive is the same account, whatever its key was made of when it was stored.
  v_is_other_account := v_old.id is not null
    and v_old.account_key <> p_account ->> 'account_key'
    and lower(v_old.drive_id) <> lower(p_account ->> 'drive_id');
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
      detail = 'different_account';
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
      refresh_lease_until = null,
      paused_until = null;

  if v_is_other_account then
    update public.onedrive_upload_sessions
    set status = 'canceled', error_code = 'account_switched'
    where user_id = p_user_id and status in ('active', 'verifying', 'expired', 'failed');
  end if;
  perform private.settle_onedrive_reach(p_user_id, p_account ->> 'drive_id');
  -- What is missing inside this drive shows when its known files are looked up again.
  delete from private.onedrive_watches
  where connection_id = v_id and lower(drive_id) <> lower(p_account ->> 'drive_id');
  update private.onedrive_watches
  set due_at = now(), is_checking = true, checked_until = null, lease_holder = null, lease_until = null
  where connection_id = v_id;

  return query select c.* from public.user_onedrive_connections c where c.id = v_id;
end;
$$;

create or replace function public.disconnect_onedrive(p_user_id uuid, p_connection_id uuid)
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
  perform private.settle_onedrive_reach(p_user_id, null);
  return true;
end;
$$;
