-- Statement triggers of product_videos: the primary mark of each product and the tasks of each video, in the same
-- transaction, whoever writes. They change product_videos again only while a mark is wrong, so they end.

-- A product with complete videos has one primary: the one just marked, else the present one, else the newest.
create function private.settle_primary_videos(p_user_ids uuid[], p_product_ids uuid[], p_marked_ids uuid[])
returns void
language sql
set search_path = ''
as $$
  with touched as (
    select distinct product.user_id, product.id
    from unnest(p_user_ids, p_product_ids) as product (user_id, id)
  ),
  wanted as (
    select distinct on (video.user_id, video.product_id) video.id
    from touched
    join public.product_videos as video on video.user_id = touched.user_id and video.product_id = touched.id
    where video.upload_status = 'complete'
    order by
      video.user_id, video.product_id,
      (video.id = any (p_marked_ids)) desc, video.is_primary desc, video.created_at desc, video.id desc
  )
  update public.product_videos as video
  set is_primary = not video.is_primary
  from touched
  where video.user_id = touched.user_id
    and video.product_id = touched.id
    and video.is_primary <> (video.id in (select wanted.id from wanted));
$$;

-- All three run as their owner: they write tasks and marks, also inside cascades of the auth server's role.
create function private.follow_added_videos() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_product_ids uuid[];
  v_video_ids uuid[];
  v_marked_ids uuid[];
begin
  select
    array_agg(video.user_id), array_agg(video.product_id), array_agg(video.id),
    array_agg(video.id) filter (where video.is_primary)
  into v_user_ids, v_product_ids, v_video_ids, v_marked_ids
  from new_videos as video
  where video.product_id is not null and video.upload_status = 'complete';
  if v_video_ids is null then
    return null;
  end if;
  perform private.lock_accounts(v_user_ids);
  perform private.settle_primary_videos(v_user_ids, v_product_ids, v_marked_ids);
  perform private.create_video_tasks(v_video_ids, false);
  perform private.create_correlated_tasks(v_product_ids);
  return null;
end;
$$;

-- The join is executed as text: a kept plan would be the one that suited the first, small statement.
create function private.follow_changed_videos() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_video_ids uuid[];
  v_left_product_ids uuid[];
  v_product_ids uuid[];
  v_marked_ids uuid[];
  v_linked_ids uuid[];
begin
  execute $query$
    select
      array_agg(video.user_id),
      array_agg(video.id),
      array_agg(was.product_id),
      array_agg(video.product_id),
      array_agg(video.id) filter (where video.is_primary and not was.is_primary),
      array_agg(video.id) filter (
        where video.upload_status = 'complete' and video.product_id is not null
          and (was.product_id, was.upload_status) is distinct from (video.product_id, video.upload_status)
      )
    from old_videos as was
    join new_videos as video on video.id = was.id
    where (was.product_id, was.is_primary, was.upload_status)
      is distinct from (video.product_id, video.is_primary, video.upload_status)
  $query$
  into v_user_ids, v_video_ids, v_left_product_ids, v_product_ids, v_marked_ids, v_linked_ids;
  if v_video_ids is null then
    return null;
  end if;
  perform private.lock_accounts(v_user_ids);

  perform private.release_video_tasks(array_agg(task.id))
  from unnest(v_user_ids, v_video_ids, v_left_product_ids, v_product_ids)
    as video (user_id, id, left_product_id, product_id)
  join public.influencer_tasks as task
    on task.user_id = video.user_id and task.video_id = video.id and task.product_id = video.left_product_id
  where video.left_product_id is distinct from video.product_id
    and task.asin = task.search_asin
    and task.status = 'pending'
  having count(*) > 0;

  perform private.settle_primary_videos(
    v_user_ids || v_user_ids, v_left_product_ids || v_product_ids, v_marked_ids
  );

  if v_linked_ids is not null then
    perform private.create_video_tasks(v_linked_ids, false);
    perform private.create_correlated_tasks(v_product_ids);
  end if;

  -- Another primary video is another offer to the correlated tasks.
  perform private.inherit_videos(array_agg(product.user_id), array_agg(product.asin))
  from unnest(v_user_ids || v_user_ids, v_left_product_ids || v_product_ids) as touched (user_id, product_id)
  join public.sourced_products as product
    on product.user_id = touched.user_id and product.id = touched.product_id;
  return null;
end;
$$;

-- The foreign key has emptied the tasks of a deleted video before this runs.
create function private.follow_removed_videos() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
begin
  select array_agg(video.user_id) into v_user_ids from old_videos as video;
  perform private.lock_accounts(v_user_ids);

  perform private.release_video_tasks(array_agg(task.id))
  from old_videos as video
  join public.influencer_tasks as task on task.user_id = video.user_id and task.former_video_id = video.id
  where task.asin = task.search_asin and task.status = 'pending' and task.video_id is null
  having count(*) > 0;

  perform private.settle_primary_videos(array_agg(video.user_id), array_agg(video.product_id), null)
  from old_videos as video
  where video.product_id is not null;
  return null;
end;
$$;

comment on function private.settle_primary_videos(uuid[], uuid[], uuid[]) is
  'Leaves one primary video per product; p_marked_ids were just chosen.';
comment on function private.follow_added_videos() is 'After-insert trigger of product_videos.';
comment on function private.follow_changed_videos() is 'After-update trigger of product_videos.';
comment on function private.follow_removed_videos() is 'After-delete trigger of product_videos.';

revoke execute on function
  private.settle_primary_videos(uuid[], uuid[], uuid[]), private.follow_added_videos(),
  private.follow_changed_videos(), private.follow_removed_videos()
  from public, anon, authenticated, service_role;

create trigger product_videos_lock_account
  before insert or delete or update of product_id, is_primary, upload_status on public.product_videos
  for each statement execute function private.lock_own_account();

create trigger product_videos_follow_added after insert on public.product_videos
  referencing new table as new_videos
  for each statement execute function private.follow_added_videos();

create trigger product_videos_follow_changed after update on public.product_videos
  referencing old table as old_videos new table as new_videos
  for each statement execute function private.follow_changed_videos();

create trigger product_videos_follow_removed after delete on public.product_videos
  referencing old table as old_videos
  for each statement execute function private.follow_removed_videos();
