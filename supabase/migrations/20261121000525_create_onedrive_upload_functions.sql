-- Writing upload sessions. Called by the `onedrive` function as service_role; p_user_id is always the caller's
-- verified id, so a session of somebody else is "not there".

-- Stores session and URL together. No row when another upload of the user already aims at that name.
create function public.create_onedrive_upload(p_user_id uuid, p_upload jsonb, p_lease_seconds integer)
returns setof public.onedrive_upload_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into public.onedrive_upload_sessions (
    user_id, connection_id, product_id, drive_id, folder_id, folder_path, filename, size_bytes, mime_type,
    fingerprint, fragment_size, expires_at, uploader_id, uploader_lease_until
  )
  select p_user_id, u.connection_id, u.product_id, u.drive_id, u.folder_id, u.folder_path, u.filename,
    u.size_bytes, u.mime_type, u.fingerprint, u.fragment_size, u.expires_at, u.uploader_id,
    case when u.uploader_id is not null then now() + make_interval(secs => p_lease_seconds) end
  from jsonb_to_record(p_upload) as u (
    connection_id uuid, product_id uuid, drive_id text, folder_id text, folder_path text, filename text,
    size_bytes bigint, mime_type text, fingerprint text, fragment_size integer, expires_at timestamptz,
    uploader_id uuid
  )
  on conflict do nothing
  returning id into v_id;

  insert into private.onedrive_upload_urls (session_id, upload_url, key_id)
  select v_id, p_upload ->> 'upload_url', p_upload ->> 'key_id'
  where v_id is not null;

  return query select s.* from public.onedrive_upload_sessions s where s.id = v_id;
end;
$$;

-- URL, expiry, name and offset always change together: a browser with a new URL and an old offset would never
-- finish. No row when the name is taken or the upload is not there.
create function public.restart_onedrive_upload(
  p_user_id uuid,
  p_session_id uuid,
  p_opened jsonb,
  p_lease_seconds integer
)
returns setof public.onedrive_upload_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_uploader_id uuid := (p_opened ->> 'uploader_id')::uuid;
begin
  update public.onedrive_upload_sessions s
  set status = 'active',
      filename = p_opened ->> 'filename',
      folder_id = p_opened ->> 'folder_id',
      folder_path = p_opened ->> 'folder_path',
      next_offset = 0,
      hash_offset = null,
      hash_state = null,
      claimed_quickxor = null,
      verifying_since = null,
      error_code = null,
      expires_at = (p_opened ->> 'expires_at')::timestamptz,
      uploader_id = v_uploader_id,
      uploader_lease_until =
        case when v_uploader_id is not null then now() + make_interval(secs => p_lease_seconds) end
  where s.id = p_session_id and s.user_id = p_user_id;
  if not found then
    return;
  end if;

  insert into private.onedrive_upload_urls (session_id, upload_url, key_id)
  values (p_session_id, p_opened ->> 'upload_url', p_opened ->> 'key_id')
  on conflict (session_id) do update
  set upload_url = excluded.upload_url, key_id = excluded.key_id, created_at = now();

  return query select s.* from public.onedrive_upload_sessions s where s.id = p_session_id;
exception
  when unique_violation then
    return;
end;
$$;

create function public.get_onedrive_upload_url(p_user_id uuid, p_session_id uuid)
returns table (upload_url text, key_id text, opened_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select u.upload_url, u.key_id, u.created_at
  from private.onedrive_upload_urls u
  join public.onedrive_upload_sessions s on s.id = u.session_id
  where u.session_id = p_session_id and s.user_id = p_user_id;
$$;

-- False while another tab uploads, unless p_take_over.
create function public.hold_onedrive_upload(
  p_user_id uuid,
  p_session_id uuid,
  p_uploader_id uuid,
  p_take_over boolean,
  p_lease_seconds integer
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.onedrive_upload_sessions s
  set uploader_id = p_uploader_id,
      uploader_lease_until = now() + make_interval(secs => p_lease_seconds)
  where s.id = p_session_id and s.user_id = p_user_id and s.status = 'active'
    and (p_take_over or s.uploader_id is null or s.uploader_id = p_uploader_id or s.uploader_lease_until < now());
  return found;
end;
$$;

create function public.record_onedrive_upload_progress(
  p_user_id uuid,
  p_session_id uuid,
  p_next_offset bigint,
  p_hash_offset bigint default null,
  p_hash_state text default null,
  p_expires_at timestamptz default null
)
returns setof public.onedrive_upload_sessions
language sql
set search_path = ''
as $$
  update public.onedrive_upload_sessions s
  set next_offset = p_next_offset,
      hash_offset = coalesce(p_hash_offset, s.hash_offset),
      hash_state = coalesce(p_hash_state, s.hash_state),
      expires_at = coalesce(p_expires_at, s.expires_at)
  where s.id = p_session_id and s.user_id = p_user_id and s.status = 'active'
  returning s.*;
$$;

-- p_claim: what the browser says about the finished file; kept so that the sweep can finish without a browser.
create function public.move_onedrive_upload(
  p_user_id uuid,
  p_session_id uuid,
  p_status text,
  p_error_code text default null,
  p_claim jsonb default '{}'
)
returns setof public.onedrive_upload_sessions
language sql
set search_path = ''
as $$
  update public.onedrive_upload_sessions s
  set status = p_status,
      error_code = p_error_code,
      next_offset = case when p_status = 'verifying' then s.size_bytes else s.next_offset end,
      claimed_quickxor = coalesce(p_claim ->> 'quickxor', s.claimed_quickxor),
      duration_ms = coalesce((p_claim ->> 'duration_ms')::bigint, s.duration_ms),
      width = coalesce((p_claim ->> 'width')::integer, s.width),
      height = coalesce((p_claim ->> 'height')::integer, s.height),
      verifying_since = case when p_status = 'verifying' then coalesce(s.verifying_since, now()) end
  where s.id = p_session_id and s.user_id = p_user_id
  returning s.*;
$$;

comment on function public.create_onedrive_upload is 'Stores a new upload with its URL; no row when the name is taken.';
comment on function public.restart_onedrive_upload is 'Gives an upload a new URL and starts it from zero.';
comment on function public.get_onedrive_upload_url is 'The encrypted upload URL of a user''s own upload.';
comment on function public.hold_onedrive_upload is 'Takes or extends the uploader''s lease; false when another holds it.';
comment on function public.record_onedrive_upload_progress is 'Keeps offset, hash state and expiry of an active upload.';
comment on function public.move_onedrive_upload is 'Changes the status of an upload, guarded by the table of moves.';

do $$
declare
  v_function text;
begin
  foreach v_function in array array[
    'create_onedrive_upload(uuid, jsonb, integer)',
    'restart_onedrive_upload(uuid, uuid, jsonb, integer)',
    'get_onedrive_upload_url(uuid, uuid)',
    'hold_onedrive_upload(uuid, uuid, uuid, boolean, integer)',
    'record_onedrive_upload_progress(uuid, uuid, bigint, bigint, text, timestamptz)',
    'move_onedrive_upload(uuid, uuid, text, text, jsonb)'
  ] loop
    execute format('revoke execute on function public.%s from public, anon, authenticated', v_function);
    execute format('grant execute on function public.%s to service_role', v_function);
  end loop;
end;
$$;
