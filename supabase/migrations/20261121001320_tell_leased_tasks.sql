-- "Video changed" means: not the video the device took the task with. Without remembering that one, a task whose video
-- was deleted under the lease would be told, and a later change elsewhere in its family would take the notice back.

alter table public.influencer_tasks add column leased_video_id uuid;

comment on column public.influencer_tasks.leased_video_id is
  'Video the task had when its lease was taken; no foreign key, since that video may be deleted meanwhile.';

create function private.remember_leased_video() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.leased_video_id := case when new.lease_token is not null then old.video_id end;
  return new;
end;
$$;

comment on function private.remember_leased_video() is
  'Trigger of influencer_tasks: every new lease_token remembers the video it was taken with.';

revoke execute on function private.remember_leased_video() from public, anon, authenticated, service_role;

create trigger influencer_tasks_remember_leased_video before update on public.influencer_tasks
  for each row when (new.lease_token is distinct from old.lease_token)
  execute function private.remember_leased_video();

-- The offer to a marketplace is the best parent: in the same marketplace, with a video, with the product's primary
-- video, newest. Another marketplace's parent helps out only where the own one has no parent at all, so taking the
-- video off a marketplace's parent takes it off that marketplace. A task with its own video or thumbnail keeps it;
-- only pending tasks follow.
-- p_task_ids limits the work to these tasks. Their own change is the reason then, so their lease does not hold them.
create or replace function private.inherit_videos(
  p_user_ids uuid[], p_search_asins text[], p_task_ids uuid[] default null
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_changed_count integer;
begin
  if p_user_ids is null then
    return 0;
  end if;
  -- A statement of its own, so that the next one sees what the previous holder committed.
  perform private.lock_accounts(p_user_ids);

  with families as materialized (
    select distinct family.user_id, family.search_asin
    from unnest(p_user_ids, p_search_asins) as family (user_id, search_asin)
  ),
  offers as materialized (
    select distinct on (family.user_id, family.search_asin, target.marketplace)
      family.user_id, family.search_asin, target.marketplace,
      case when parent.video_id is not null or parent.thumbnail_path is not null then parent.id end as task_id,
      case when parent.video_id is not null or parent.thumbnail_path is not null then parent.product_id end
        as product_id,
      parent.video_id, parent.thumbnail_path
    from families as family
    cross join unnest(array['US', 'CA', 'UK', 'DE']) as target (marketplace)
    left join (
      public.influencer_tasks as parent
      left join public.product_videos as video on video.user_id = parent.user_id and video.id = parent.video_id
    ) on parent.user_id = family.user_id
      and parent.search_asin = family.search_asin
      and parent.asin = family.search_asin
    order by
      family.user_id, family.search_asin, target.marketplace,
      (parent.marketplace = target.marketplace) desc, (parent.video_id is not null) desc,
      (video.is_primary and video.product_id = parent.product_id) desc nulls last,
      video.created_at desc nulls last, parent.created_at desc, parent.id desc
  ),
  -- The three updates below touch different tasks: free ones without a video of their own, free ones with one
  -- (which may still take the thumbnail), and leased ones (which are only told).
  followed as (
    update public.influencer_tasks as child
    set
      video_id = offer.video_id,
      video_is_inherited = offer.video_id is not null,
      inherited_from_task_id = offer.task_id,
      inherited_from_product_id = offer.product_id,
      thumbnail_path = case
        when child.thumbnail_is_inherited or child.thumbnail_path is null then offer.thumbnail_path
        else child.thumbnail_path
      end,
      thumbnail_is_inherited = case
        when child.thumbnail_is_inherited or child.thumbnail_path is null then offer.thumbnail_path is not null
        else false
      end,
      video_changed_at = case
        when child.lease_until > now() and offer.video_id is distinct from child.leased_video_id then now()
      end,
      inheritance_version = child.inheritance_version + 1,
      updated_at = now()
    from offers as offer
    where child.user_id = offer.user_id
      and child.search_asin = offer.search_asin
      and child.marketplace = offer.marketplace
      and child.asin <> child.search_asin
      and child.status = 'pending'
      and (p_task_ids is null or child.id in (select asked.id from unnest(p_task_ids) as asked (id)))
      and (p_task_ids is not null or child.lease_until is null or child.lease_until <= now())
      and (child.video_id is null or child.video_is_inherited)
      and (
        child.video_id is distinct from offer.video_id
        or child.inherited_from_task_id is distinct from offer.task_id
        or child.inherited_from_product_id is distinct from offer.product_id
        or child.video_changed_at is not null
        or (
          child.thumbnail_path is distinct from offer.thumbnail_path
          and (child.thumbnail_is_inherited or child.thumbnail_path is null)
        )
      )
    returning 1
  ),
  dressed as (
    update public.influencer_tasks as child
    set
      thumbnail_path = offer.thumbnail_path,
      thumbnail_is_inherited = offer.thumbnail_path is not null,
      inheritance_version = child.inheritance_version + 1,
      updated_at = now()
    from offers as offer
    where child.user_id = offer.user_id
      and child.search_asin = offer.search_asin
      and child.marketplace = offer.marketplace
      and child.asin <> child.search_asin
      and child.status = 'pending'
      and (p_task_ids is null or child.id in (select asked.id from unnest(p_task_ids) as asked (id)))
      and (p_task_ids is not null or child.lease_until is null or child.lease_until <= now())
      and child.video_id is not null and not child.video_is_inherited
      and (child.thumbnail_is_inherited or child.thumbnail_path is null)
      and child.thumbnail_path is distinct from offer.thumbnail_path
    returning 1
  ),
  told as (
    update public.influencer_tasks as child
    set video_changed_at = case when offer.video_id is distinct from child.leased_video_id then now() end
    from offers as offer
    where child.user_id = offer.user_id
      and child.search_asin = offer.search_asin
      and child.marketplace = offer.marketplace
      and child.asin <> child.search_asin
      and child.status = 'pending'
      and p_task_ids is null
      and child.lease_until > now()
      and (child.video_id is null or child.video_is_inherited)
      and (offer.video_id is distinct from child.leased_video_id) is distinct from (child.video_changed_at is not null)
    returning 1
  )
  select (select count(*) from followed) + (select count(*) from dressed) + (select count(*) from told)
  into v_changed_count;
  return v_changed_count;
end;
$$;
