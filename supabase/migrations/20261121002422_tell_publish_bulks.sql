-- One notice for a bulk, when nothing of it moves any more.

-- How a target of a bulk counts. What waits for an account or for a new day goes on by itself.
create function private.bulk_outcome(p_status text, p_retry_at timestamptz) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when p_status in ('published', 'failed', 'canceled') then p_status
    when p_status = 'needs_conversion' or (p_status = 'unknown' and p_retry_at is null) then 'needs_user'
    else 'waiting'
  end;
$$;

-- When to look at a bulk again; null when nothing of it moves any more, and no notice of a post is still to be written.
create function private.next_bulk_look(p_user_id uuid, p_bulk_id uuid) returns timestamptz
language sql
stable
set search_path = ''
as $$
  select min(case when target.status in ('scheduled', 'ready') then target.scheduled_for else now() end)
  from public.publish_bulk_items as item
  join public.publishing_queue as target
    on target.user_id = item.user_id and target.published_video_id = item.published_video_id
  left join private.untold_targets as untold on untold.target_id = target.id
  where item.user_id = p_user_id
    and item.bulk_id = p_bulk_id
    and (
      private.bulk_outcome(target.status, target.retry_at) = 'waiting' or untold.target_id is not null
    );
$$;

-- Title and body of the notice: how many posts, by platform, and what is left to do.
create function private.describe_finished_bulk(p_user_id uuid, p_bulk_id uuid, out title text, out body text)
language sql
stable
set search_path = ''
as $$
  with outcome as (
    select target.platform, private.bulk_outcome(target.status, target.retry_at) as result
    from public.publish_bulk_items as item
    join public.publishing_queue as target
      on target.user_id = item.user_id and target.published_video_id = item.published_video_id
    where item.user_id = p_user_id and item.bulk_id = p_bulk_id
  ),
  place as (
    select
      platform, count(*) filter (where result = 'published') as published,
      count(*) filter (where result in ('failed', 'needs_user')) as stopped
    from outcome
    group by platform
  ),
  videos as (
    select count(*) as total, count(*) filter (where item.status = 'failed') as failed
    from public.publish_bulk_items as item
    where item.user_id = p_user_id and item.bulk_id = p_bulk_id
  ),
  posts as (
    select coalesce(sum(published), 0) as published, coalesce(sum(stopped), 0) as stopped from place
  )
  select
    case
      when posts.stopped = 0 and videos.failed = 0
        then videos.total || case videos.total when 1 then ' video is' else ' videos are' end || ' published'
      when posts.published = 0 then 'None of ' || videos.total || ' videos is published'
      else posts.published || case posts.published when 1 then ' post is' else ' posts are' end || ' published, '
        || posts.stopped + videos.failed || case posts.stopped + videos.failed when 1 then ' needs' else ' need' end
        || ' you'
    end,
    concat_ws(
      ' ',
      (
        select string_agg(
          private.platform_title(place.platform) || ': ' || place.published || ' published'
            || case when place.stopped > 0 then ', ' || place.stopped || ' not' else '' end || '.',
          ' ' order by place.platform
        )
        from place
      ),
      case when videos.failed > 0 then videos.failed || case videos.failed when 1 then ' video' else ' videos' end
        || ' could not be posted.' end
    )
  from posts, videos;
$$;

-- Looks at the bulks that are due: what is finished is told, once, unless its user has undone it. Returns how many.
create function private.finish_bulks() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_work private.publish_bulk_work;
  v_look_at timestamptz;
  v_told record;
  v_finished integer := 0;
begin
  for v_work in
    select due.*
    from private.publish_bulk_work as due
    join public.publish_bulks as bulk on bulk.id = due.bulk_id
    where due.step = 'watch' and due.work_at <= now()
    order by due.work_at
    limit 100
    for update of due, bulk skip locked
  loop
    v_look_at := private.next_bulk_look(v_work.user_id, v_work.bulk_id);
    if v_look_at is not null then
      update private.publish_bulk_work as work
      set work_at = greatest(v_look_at, now() + interval '5 seconds')
      where work.bulk_id = v_work.bulk_id;
      continue;
    end if;
    select * into v_told from private.describe_finished_bulk(v_work.user_id, v_work.bulk_id);
    insert into public.notifications (user_id, kind, title, body, link_path, group_key)
    select
      bulk.user_id, 'publish.bulk_finished', v_told.title, v_told.body, '/bulks/' || bulk.id::text,
      'bulk:' || bulk.id::text
    from public.publish_bulks as bulk
    where bulk.id = v_work.bulk_id and bulk.canceled_at is null;
    update public.publish_bulks as bulk set finished_at = now() where bulk.id = v_work.bulk_id;
    delete from private.publish_bulk_work as work where work.bulk_id = v_work.bulk_id;
    v_finished := v_finished + 1;
  end loop;
  return v_finished;
end;
$$;

-- Every few seconds: tells what is finished, pokes a worker for posts that are still to be made.
create function private.tend_publish_bulks() returns integer
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from private.publish_bulk_work as work
    where work.step = 'make' and work.work_at <= now() and (work.lease_until is null or work.lease_until <= now())
  ) then
    perform private.poke_bulk_worker();
  end if;
  return private.finish_bulks();
end;
$$;

comment on function private.bulk_outcome is 'published, failed, canceled, needs_user or waiting.';
comment on function private.next_bulk_look is 'When a bulk may have changed; null once nothing of it moves.';
comment on function private.describe_finished_bulk is 'Title and body of the notice about a finished bulk.';
comment on function private.finish_bulks is 'Tells users of finished bulks; returns how many. Called by cron.';
comment on function private.tend_publish_bulks is 'Pokes the worker of bulks and tells finished ones. Called by cron.';

revoke execute on function
  private.bulk_outcome(text, timestamptz), private.next_bulk_look(uuid, uuid),
  private.describe_finished_bulk(uuid, uuid), private.finish_bulks(), private.tend_publish_bulks()
  from public, anon, authenticated, service_role;
grant execute on function private.bulk_outcome(text, timestamptz) to authenticated, service_role;
