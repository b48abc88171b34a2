-- What OneDrive says about a file becomes what the video shows: where it is, whether it is there, whether its bytes
-- were replaced. Called by the `onedrive` and `videos` functions as service_role.

-- p_items: [{id, is_found, name, path, size, quickxor, ctag, duration_ms, width, height}]; only id and is_found when
-- the file is gone. Returns how many videos were found missing now and not before.
-- A new name is taken over unless the user renamed the video here. Bytes count as replaced when the size differs,
-- when both hashes are known and differ, or, without two hashes to compare, when the cTag differs.
create function public.apply_onedrive_items(p_user_id uuid, p_drive_id text, p_items jsonb)
returns integer
language sql
set search_path = ''
as $$
  with seen as (
    select *
    from jsonb_to_recordset(p_items) as item (
      id text, is_found boolean, name text, path text, size bigint, quickxor text, ctag text, duration_ms bigint,
      width integer, height integer
    )
  ),
  compared as (
    select
      video.id as video_id,
      seen.*,
      video.unreachable_reason is distinct from 'missing' as was_there,
      seen.is_found and (
        video.size_bytes <> seen.size
        or case
          when video.quickxor_hash is not null and seen.quickxor is not null
            then video.quickxor_hash <> seen.quickxor
          else video.onedrive_ctag is not null and video.onedrive_ctag <> seen.ctag
        end
      ) as is_replaced
    from seen
    join public.product_videos as video
      on video.user_id = p_user_id
      and lower(video.onedrive_drive_id) = lower(p_drive_id)
      and video.onedrive_item_id = seen.id
  ),
  found as (
    update public.product_videos as video
    set unreachable_at = null,
        filename = case
          when video.filename = regexp_replace(video.onedrive_path, '^.*/', '') then compared.name
          else video.filename
        end,
        onedrive_path = compared.path,
        onedrive_ctag = coalesce(compared.ctag, video.onedrive_ctag),
        size_bytes = compared.size,
        quickxor_hash = case
          when compared.is_replaced then compared.quickxor
          else coalesce(compared.quickxor, video.quickxor_hash)
        end,
        duration_ms = case
          when compared.is_replaced then compared.duration_ms
          else coalesce(video.duration_ms, compared.duration_ms)
        end,
        width = case when compared.is_replaced then compared.width else coalesce(video.width, compared.width) end,
        height = case when compared.is_replaced then compared.height else coalesce(video.height, compared.height) end,
        content_changed_at = case when compared.is_replaced then now() else video.content_changed_at end
    from compared
    where video.id = compared.video_id
      and compared.is_found
      and (
        compared.is_replaced
        or video.unreachable_at is not null
        or video.onedrive_path is distinct from compared.path
        or video.onedrive_ctag is distinct from coalesce(compared.ctag, video.onedrive_ctag)
        or (video.quickxor_hash is null and compared.quickxor is not null)
        or (video.duration_ms is null and compared.duration_ms is not null)
        or (video.width is null and compared.width is not null)
      )
  ),
  lost as (
    update public.product_videos as video
    set unreachable_at = now(), unreachable_reason = 'missing'
    from compared
    where video.id = compared.video_id and not compared.is_found and compared.was_there
    returning video.id
  )
  select count(*)::integer from lost;
$$;

-- Known files of a user in one drive, oldest first: of p_item_ids when given, else a page after p_after.
create function public.list_onedrive_items(
  p_user_id uuid,
  p_drive_id text,
  p_limit integer,
  p_item_ids text[] default null,
  p_after uuid default null
)
returns table (video_id uuid, item_id text)
language sql
stable
set search_path = ''
as $$
  select video.id, video.onedrive_item_id
  from public.product_videos as video
  where video.user_id = p_user_id
    and lower(video.onedrive_drive_id) = lower(p_drive_id)
    and (p_item_ids is null or video.onedrive_item_id = any(p_item_ids))
    and (p_after is null or video.id > p_after)
  order by video.id
  limit p_limit;
$$;

comment on function public.apply_onedrive_items is
  'Takes over what OneDrive says about known files; returns how many are newly missing.';
comment on function public.list_onedrive_items is 'Which of a drive''s files are videos of this user.';

revoke execute on function public.apply_onedrive_items(uuid, text, jsonb) from public, anon, authenticated;
revoke execute on function public.list_onedrive_items(uuid, text, integer, text[], uuid)
  from public, anon, authenticated;
grant execute on function public.apply_onedrive_items(uuid, text, jsonb) to service_role;
grant execute on function public.list_onedrive_items(uuid, text, integer, text[], uuid) to service_role;
