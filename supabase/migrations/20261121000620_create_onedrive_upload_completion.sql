-- A verified upload becomes a row of product_videos, once. Called by the `onedrive` function as service_role,
-- after it read size and quickXorHash from OneDrive itself.

alter table public.onedrive_upload_sessions
  add constraint onedrive_upload_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete set null (video_id);

create index onedrive_upload_sessions_video_idx on public.onedrive_upload_sessions (user_id, video_id);

-- The row lock makes a second call wait and then return the same video.
create function public.complete_onedrive_upload(p_user_id uuid, p_session_id uuid, p_item jsonb)
returns setof public.product_videos
language plpgsql
set search_path = ''
as $$
declare
  v_session public.onedrive_upload_sessions;
  v_video_id uuid;
begin
  -- Before the row: a new video waits for the account's lock too (see create_account_locks).
  perform private.lock_accounts(array[p_user_id]);
  select s.* into v_session
  from public.onedrive_upload_sessions s
  where s.id = p_session_id and s.user_id = p_user_id
  for update;
  if not found then
    raise sqlstate 'PT404' using message = 'This upload does not exist.', detail = 'upload_not_found';
  end if;

  if v_session.status = 'complete' then
    return query select v.* from public.product_videos v where v.id = v_session.video_id;
    return;
  end if;

  insert into public.product_videos as v (
    user_id, product_id, connection_id, filename, onedrive_drive_id, onedrive_item_id, onedrive_path, size_bytes,
    mime_type, duration_ms, width, height, quickxor_hash, upload_status, source
  )
  values (
    p_user_id,
    v_session.product_id,
    v_session.connection_id,
    p_item ->> 'name',
    p_item ->> 'drive_id',
    p_item ->> 'id',
    p_item ->> 'path',
    (p_item ->> 'size')::bigint,
    v_session.mime_type,
    coalesce(v_session.duration_ms, (p_item ->> 'duration_ms')::bigint),
    coalesce(v_session.width, (p_item ->> 'width')::integer),
    coalesce(v_session.height, (p_item ->> 'height')::integer),
    p_item ->> 'quickxor',
    'complete',
    'upload'
  )
  on conflict (user_id, onedrive_drive_id, onedrive_item_id) do update
  set product_id = coalesce(excluded.product_id, v.product_id),
      connection_id = excluded.connection_id,
      size_bytes = excluded.size_bytes,
      quickxor_hash = excluded.quickxor_hash,
      upload_status = 'complete',
      unreachable_at = null
  returning v.id into v_video_id;

  update public.onedrive_upload_sessions
  set status = 'complete',
      video_id = v_video_id,
      next_offset = size_bytes,
      claimed_quickxor = p_item ->> 'quickxor',
      error_code = null
  where id = p_session_id;

  return query select v.* from public.product_videos v where v.id = v_video_id;
end;
$$;

comment on function public.complete_onedrive_upload is
  'Turns a verified upload into a video; repeated calls return the same video.';
revoke execute on function public.complete_onedrive_upload(uuid, uuid, jsonb) from public, anon, authenticated;
grant execute on function public.complete_onedrive_upload(uuid, uuid, jsonb) to service_role;
