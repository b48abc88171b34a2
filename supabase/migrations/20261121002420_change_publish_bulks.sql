-- What a user does to a bulk as a whole: undo it, try again what failed. Called by the `publish` function as
-- service_role. Locks are taken in the order of all writers: account, jobs by id, targets.

create function private.lock_bulk(p_user_id uuid, p_bulk_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[p_user_id]);
  perform from public.publish_bulks as bulk where bulk.user_id = p_user_id and bulk.id = p_bulk_id for update;
  if not found then
    raise sqlstate 'PT404' using message = 'This bulk does not exist.', detail = 'bulk_not_found';
  end if;
  perform
  from private.publish_jobs as job
  where job.target_id in (
    select target.id
    from public.publish_bulk_items as item
    join public.publishing_queue as target
      on target.user_id = item.user_id and target.published_video_id = item.published_video_id
    where item.user_id = p_user_id and item.bulk_id = p_bulk_id
  )
  order by job.target_id
  for update;
end;
$$;

-- Undo: cancels everything of a bulk that has not gone out. Answers {videos, targets, published, going_out}: videos
-- that had no post yet and targets that were canceled; what had gone out before, and what was in its irreversible call.
create function public.cancel_bulk(p_user_id uuid, p_bulk_id uuid) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_videos integer;
  v_targets uuid[];
  v_published integer;
  v_going_out integer;
begin
  perform private.lock_bulk(p_user_id, p_bulk_id);
  update public.publish_bulk_items as item
  set status = 'canceled', error_code = null, error_message = null
  where item.user_id = p_user_id and item.bulk_id = p_bulk_id and item.status = 'waiting';
  get diagnostics v_videos = row_count;
  select
    array_agg(target.id) filter (where target.status not in ('published', 'canceled') and job.called_at is null),
    count(*) filter (where target.status = 'published'),
    count(*) filter (where target.status <> 'published' and job.called_at is not null)
  into v_targets, v_published, v_going_out
  from public.publish_bulk_items as item
  join public.publishing_queue as target
    on target.user_id = item.user_id and target.published_video_id = item.published_video_id
  left join private.publish_jobs as job on job.target_id = target.id
  where item.user_id = p_user_id and item.bulk_id = p_bulk_id;
  if v_videos = 0 and v_targets is null then
    raise sqlstate 'PT409' using
      message = case when v_going_out > 0
        then 'The last posts of this bulk are going out right now and cannot be stopped any more.'
        else 'Nothing of this bulk is waiting to go out any more.'
      end,
      detail = 'bulk_not_waiting';
  end if;
  delete from private.publish_jobs as job where job.target_id = any (v_targets);
  update public.publishing_queue as target
  set status = 'canceled', retry_at = null
  where target.id = any (v_targets);
  update public.publish_bulks as bulk
  set canceled_at = now(), made_at = coalesce(bulk.made_at, now())
  where bulk.id = p_bulk_id;
  -- Whoever makes its posts right now loses the lease.
  update private.publish_bulk_work as work
  set step = 'watch', work_at = now(), lease_token = null, lease_until = null
  where work.bulk_id = p_bulk_id;
  return jsonb_build_object(
    'videos', v_videos, 'targets', coalesce(cardinality(v_targets), 0), 'published', v_published,
    'going_out', v_going_out
  );
end;
$$;

-- Tries again what failed: videos that got no post, or the one that p_item_id names, and targets that failed.
-- p_allow_duplicate: the videos may go out although the same went to the account within a day. Answers how many.
create function public.retry_bulk(
  p_user_id uuid,
  p_bulk_id uuid,
  p_item_id uuid default null,
  p_allow_duplicate boolean default false
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_videos integer;
  v_targets integer := 0;
  v_post_id uuid;
begin
  perform private.lock_bulk(p_user_id, p_bulk_id);
  update public.publish_bulk_items as item
  set status = 'waiting', error_code = null, error_message = null, allow_duplicate = p_allow_duplicate
  where item.user_id = p_user_id
    and item.bulk_id = p_bulk_id
    and item.status = 'failed'
    and (p_item_id is null or item.id = p_item_id);
  get diagnostics v_videos = row_count;
  for v_post_id in
    select distinct item.published_video_id
    from public.publish_bulk_items as item
    join public.publishing_queue as target
      on target.user_id = item.user_id and target.published_video_id = item.published_video_id
    join private.publish_jobs as job on job.target_id = target.id and job.called_at is null
    where item.user_id = p_user_id
      and item.bulk_id = p_bulk_id
      and target.status = 'failed'
      and (p_item_id is null or item.id = p_item_id)
    order by item.published_video_id
  loop
    v_targets := v_targets + public.retry_post(p_user_id, v_post_id, p_status => 'failed');
  end loop;
  if v_videos + v_targets = 0 then
    raise sqlstate 'PT409' using
      message = 'Nothing of this bulk has failed that could be tried again.',
      detail = 'bulk_has_no_failures';
  end if;
  update public.publish_bulks as bulk
  set finished_at = null, made_at = case when v_videos = 0 then bulk.made_at end
  where bulk.id = p_bulk_id;
  insert into private.publish_bulk_work as work (bulk_id, user_id, step)
  values (p_bulk_id, p_user_id, case when v_videos > 0 then 'make' else 'watch' end)
  on conflict (bulk_id) do update
  set step = case when v_videos > 0 then 'make' else work.step end, work_at = now();
  return v_videos + v_targets;
end;
$$;

comment on function private.lock_bulk is 'Locks an account, a bulk and the jobs of its posts. Raises bulk_not_found.';
comment on function public.cancel_bulk is
  'Cancels what has not gone out of a bulk; says what had. Raises bulk_not_found, bulk_not_waiting.';
comment on function public.retry_bulk is
  'Tries again what failed of a bulk; how many. Raises bulk_not_found, bulk_has_no_failures.';

revoke execute on function
  private.lock_bulk(uuid, uuid), public.cancel_bulk(uuid, uuid), public.retry_bulk(uuid, uuid, uuid, boolean)
  from public, anon, authenticated, service_role;
grant execute on function
  private.lock_bulk(uuid, uuid), public.cancel_bulk(uuid, uuid), public.retry_bulk(uuid, uuid, uuid, boolean)
  to service_role;
