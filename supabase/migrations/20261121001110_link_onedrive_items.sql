-- Videos that are in OneDrive already become rows without a byte being copied (requirement OD-0). Called by the
-- `onedrive` function as service_role, with items it has just read from Graph under the user's own token.

-- p_items: [{id, name, path, size, mime_type, quickxor, ctag, duration_ms, width, height}], sizes in bytes. One
-- statement for all of them, so that triggers make primary marks, tasks and inheritance once. Outcomes: linked,
-- already_linked (nothing to do), other_product (the video of this file belongs to another product; left alone).
create function public.link_onedrive_items(
  p_user_id uuid,
  p_connection_id uuid,
  p_drive_id text,
  p_items jsonb,
  p_product_id uuid default null
)
returns table (item_id text, outcome text, video_id uuid)
language plpgsql
set search_path = ''
as $$
declare
  v_outcomes jsonb;
begin
  -- Before the rows: a new video waits for the account's lock too (see create_account_locks).
  perform private.lock_accounts(array[p_user_id]);

  select jsonb_object_agg(item.value ->> 'id', case
    when video.id is null then 'linked'
    when p_product_id is null or video.product_id = p_product_id then 'already_linked'
    when video.product_id is null then 'linked'
    else 'other_product'
  end)
  into v_outcomes
  from jsonb_array_elements(p_items) as item
  left join public.product_videos as video
    on video.user_id = p_user_id
    and lower(video.onedrive_drive_id) = lower(p_drive_id)
    and video.onedrive_item_id = item.value ->> 'id';

  -- A file that was just seen is reachable, whatever was noted before.
  update public.product_videos as video
  set unreachable_at = null, onedrive_path = item.value ->> 'path'
  from jsonb_array_elements(p_items) as item
  where video.user_id = p_user_id
    and lower(video.onedrive_drive_id) = lower(p_drive_id)
    and video.onedrive_item_id = item.value ->> 'id'
    and (video.unreachable_at is not null or video.onedrive_path is distinct from item.value ->> 'path');

  update public.product_videos as video
  set product_id = p_product_id
  where video.user_id = p_user_id
    and lower(video.onedrive_drive_id) = lower(p_drive_id)
    and video.product_id is null
    and p_product_id is not null
    and v_outcomes ->> video.onedrive_item_id = 'linked';

  insert into public.product_videos (
    user_id, product_id, connection_id, filename, onedrive_drive_id, onedrive_item_id, onedrive_path, onedrive_ctag,
    size_bytes, mime_type, duration_ms, width, height, quickxor_hash, upload_status, source
  )
  select
    p_user_id, p_product_id, p_connection_id, item.name, p_drive_id, item.id, item.path, item.ctag,
    item.size, item.mime_type, item.duration_ms, item.width, item.height, item.quickxor, 'complete', 'onedrive'
  from jsonb_to_recordset(p_items) as item (
    id text, name text, path text, size bigint, mime_type text, quickxor text, ctag text, duration_ms bigint,
    width integer, height integer
  )
  where not exists (
    select from public.product_videos as known
    where known.user_id = p_user_id
      and lower(known.onedrive_drive_id) = lower(p_drive_id)
      and known.onedrive_item_id = item.id
  );

  return query
    select video.onedrive_item_id, v_outcomes ->> video.onedrive_item_id, video.id
    from public.product_videos as video
    where video.user_id = p_user_id
      and lower(video.onedrive_drive_id) = lower(p_drive_id)
      and v_outcomes ? video.onedrive_item_id
    order by video.id;
end;
$$;

comment on function public.link_onedrive_items is
  'Makes videos of OneDrive files, or links the ones that exist; says for each file what happened.';
revoke execute on function public.link_onedrive_items(uuid, uuid, text, jsonb, uuid)
  from public, anon, authenticated;
grant execute on function public.link_onedrive_items(uuid, uuid, text, jsonb, uuid) to service_role;
