-- Which tasks a product has: one per complete video and enabled marketplace, and one per accepted correlation.
-- Called by the triggers of the next migration and by "Queue for Amazon"; callers hold the account's lock.

-- What each complete, linked video should have, and whether it has it. p_is_queued = false leaves accounts alone that
-- queue by hand.
create function private.wanted_video_tasks(p_video_ids uuid[], p_is_queued boolean)
returns table (
  user_id uuid, product_id uuid, marketplace text, asin text, title text, image_url text, video_id uuid,
  is_primary boolean, has_task boolean
)
language sql
stable
set search_path = ''
as $$
  select
    video.user_id, product.id, target.marketplace, product.asin, coalesce(product.video_title, product.title),
    product.image_url, video.id, video.is_primary,
    exists (
      select from public.influencer_tasks as task
      where task.user_id = video.user_id
        and task.marketplace = target.marketplace
        and task.asin = product.asin
        and task.search_asin = product.asin
        and task.own_video_id = video.id
    )
  from public.product_videos as video
  join public.sourced_products as product on product.user_id = video.user_id and product.id = video.product_id
  left join public.profiles as profile on profile.user_id = video.user_id
  cross join lateral (select distinct unnest(product.enabled_marketplaces)) as target (marketplace)
  where video.id = any (p_video_ids)
    and video.upload_status = 'complete'
    and (p_is_queued or coalesce(profile.auto_queue_tasks, true));
$$;

-- Gives videos their parent tasks: first the task that had the video before, then one that waits for a video, else a
-- new one. Returns how many tasks got a video.
create function private.create_video_tasks(p_video_ids uuid[], p_is_queued boolean) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_returned_count integer;
  v_filled_count integer;
  v_created_count integer;
begin
  update public.influencer_tasks as task
  set video_id = task.former_video_id
  from private.wanted_video_tasks(p_video_ids, p_is_queued) as wanted
  where task.user_id = wanted.user_id
    and task.marketplace = wanted.marketplace
    and task.asin = wanted.asin
    and task.search_asin = wanted.asin
    and task.video_id is null
    and task.former_video_id = wanted.video_id
    and task.status = 'pending';
  get diagnostics v_returned_count = row_count;

  with wanted as (
    select
      wanted.*,
      row_number() over (
        partition by wanted.product_id, wanted.marketplace order by wanted.is_primary desc, wanted.video_id desc
      ) as turn
    from private.wanted_video_tasks(p_video_ids, p_is_queued) as wanted
    where not wanted.has_task
  ),
  waiting as (
    select
      task.id, product.product_id, task.marketplace,
      row_number() over (partition by product.product_id, task.marketplace order by task.id) as turn
    from (select distinct wanted.user_id, wanted.product_id, wanted.asin from wanted) as product
    join public.influencer_tasks as task
      on task.user_id = product.user_id and task.search_asin = product.asin and task.asin = product.asin
    where (task.product_id = product.product_id or task.product_id is null)
      and task.video_id is null
      and task.status = 'pending'
  )
  update public.influencer_tasks as task
  set video_id = wanted.video_id, product_id = wanted.product_id
  from waiting
  join wanted using (product_id, marketplace, turn)
  where task.id = waiting.id;
  get diagnostics v_filled_count = row_count;

  insert into public.influencer_tasks (
    user_id, product_id, marketplace, asin, search_asin, title, image_url, video_id
  )
  select
    wanted.user_id, wanted.product_id, wanted.marketplace, wanted.asin, wanted.asin, wanted.title,
    wanted.image_url, wanted.video_id
  from private.wanted_video_tasks(p_video_ids, p_is_queued) as wanted
  where not wanted.has_task
  on conflict do nothing;
  get diagnostics v_created_count = row_count;

  return v_returned_count + v_filled_count + v_created_count;
end;
$$;

-- Tasks of the accepted correlations of these products; with or without a video, which they then inherit.
create function private.create_correlated_tasks(p_product_ids uuid[]) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_created_count integer;
begin
  insert into public.influencer_tasks (user_id, product_id, marketplace, asin, search_asin, title, image_url)
  select distinct on (correlation.user_id, target.marketplace, correlation.asin, correlation.search_asin)
    correlation.user_id, product.id, target.marketplace, correlation.asin, correlation.search_asin,
    coalesce(correlation.title, product.video_title, product.title), correlation.image_url
  from public.asin_correlations as correlation
  join public.sourced_products as product
    on product.user_id = correlation.user_id and product.id = correlation.product_id
  cross join lateral unnest(
    case when correlation.marketplace is null then product.enabled_marketplaces else array[correlation.marketplace] end
  ) as target (marketplace)
  where product.id = any (p_product_ids)
    and correlation.status = 'accepted'
    -- A task with its own video counts as well, so the unique constraint alone would not do.
    and not exists (
      select from public.influencer_tasks as task
      where task.user_id = correlation.user_id
        and task.marketplace = target.marketplace
        and task.asin = correlation.asin
        and task.search_asin = correlation.search_asin
    )
  order by correlation.user_id, target.marketplace, correlation.asin, correlation.search_asin, correlation.id
  on conflict do nothing;
  get diagnostics v_created_count = row_count;
  return v_created_count;
end;
$$;

-- Pending parent tasks whose video was unlinked or deleted: a task goes when another one stands for the same ASIN and
-- marketplace; otherwise it stays and waits for a video.
create function private.release_video_tasks(p_task_ids uuid[]) returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.influencer_tasks as task
  using (
    select
      released.id,
      row_number() over (
        partition by released.user_id, released.marketplace, released.asin order by released.id
      ) as turn,
      exists (
        select from public.influencer_tasks as other
        where other.user_id = released.user_id
          and other.marketplace = released.marketplace
          and other.asin = released.asin
          and other.search_asin = released.asin
          and other.id <> all (p_task_ids)
      ) as has_other
    from public.influencer_tasks as released
    where released.id = any (p_task_ids)
  ) as released
  where task.id = released.id and (released.has_other or released.turn > 1);

  update public.influencer_tasks as task
  set video_id = null
  where task.id = any (p_task_ids) and task.video_id is not null;
end;
$$;

comment on function private.wanted_video_tasks(uuid[], boolean) is 'Parent tasks these videos should have.';
comment on function private.create_video_tasks(uuid[], boolean) is
  'Returns, fills or adds the parent tasks of these videos; returns how many got a video.';
comment on function private.create_correlated_tasks(uuid[]) is
  'Adds the missing tasks of the accepted correlations of these products; returns how many.';
comment on function private.release_video_tasks(uuid[]) is
  'Removes these parent tasks, or lets them wait where they are the last of their ASIN and marketplace.';

revoke execute on function
  private.wanted_video_tasks(uuid[], boolean), private.create_video_tasks(uuid[], boolean),
  private.create_correlated_tasks(uuid[]), private.release_video_tasks(uuid[])
  from public, anon, authenticated, service_role;
