-- What happens to jobs without a worker: those whose workers keep dying, and those whose account or file is there
-- again.

-- A worker that dies with a job takes the job along at most publish.max_lost_leases times. Called by cron.
create function private.park_lost_jobs() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_lost private.publish_jobs[];
begin
  with found as (
    select job.target_id
    from private.publish_jobs as job
    where (job.lease_until <= now() or job.lease_until > now() + interval '1 hour')
      and job.lost_leases + 1 >= (
        select (setting.value #>> '{}')::integer from private.settings as setting
        where setting.key = 'publish.max_lost_leases'
      )
    for update skip locked
  ),
  lost as (
    update private.publish_jobs as job
    set work_at = null, lease_token = null, lease_until = null, lost_leases = 0, is_waiting = false,
        step = case when job.called_at is not null and job.step = 'publish' then 'reconcile' else job.step end
    from found
    where job.target_id = found.target_id
    returning job
  )
  select array_agg(lost.job) into v_lost from lost;

  -- A statement of its own, as in a claim.
  update public.publishing_queue as target
  set status = next.status,
      attempts = target.attempts + 1,
      retry_at = null,
      error_code = 'worker_lost',
      error_message = case
        when lost.called_at is null then 'Our side broke off several times while working on this post. Try it again.'
        else 'Our side broke off while this post went out. Look whether it is there and say so.'
      end
  from unnest(v_lost) as lost
  cross join lateral (select case when lost.called_at is null then 'failed' else 'unknown' end as status) as next
  where target.id = lost.target_id
    and (target.status = next.status or exists (
      select from private.publish_moves as move
      where move.from_status = target.status and move.to_status = next.status
    ));
  insert into public.publish_attempts (user_id, target_id, step, outcome, error_code)
  select lost.user_id, lost.target_id, lost.step, 'lost', 'worker_lost' from unnest(v_lost) as lost;
  return coalesce(cardinality(v_lost), 0);
end;
$$;

-- Everything that waited for an account goes on once it is connected again, and what is worked on right now with the
-- old tokens is told. Called after the new tokens are stored. Returns how many were woken.
create function public.resume_after_reconnect(p_connection_id uuid) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_user_id uuid := (
    select account.user_id from public.oauth_connections as account where account.id = p_connection_id
  );
  v_woken_count integer;
begin
  -- One consent may connect several accounts, each with a call of this: the lock keeps their jobs' order from mattering.
  perform private.lock_accounts(array[v_user_id]);
  -- Waits for workers that are just parking; the statements after this one see what they wrote.
  perform
  from private.publish_jobs as job
  where job.target_id in (
    select target.id from public.publishing_queue as target
    where target.user_id = v_user_id and target.connection_id = p_connection_id
  )
  order by job.target_id
  for update;
  update private.publish_jobs as job
  set is_account_new = true
  from public.publishing_queue as target
  where target.id = job.target_id
    and target.user_id = v_user_id
    and target.connection_id = p_connection_id
    and job.lease_token is not null;
  with woken as (
    update private.publish_jobs as job
    set work_at = greatest(now(), case when job.step = 'publish' and job.called_at is null then job.due_at end),
        step_attempts = 0,
        lost_leases = 0
    from public.publishing_queue as target
    where target.id = job.target_id
      and target.user_id = v_user_id
      and target.connection_id = p_connection_id
      and (target.status = 'needs_reauth' or (target.status = 'unknown' and job.work_at is null))
    returning job.target_id, job.step, target.status
  ),
  shown as (
    update public.publishing_queue as target
    set status = case when woken.status = 'unknown' then 'unknown' else private.status_of_step(woken.step) end,
        retry_at = case when woken.status = 'unknown' then now() end,
        error_code = null,
        error_message = null
    from woken
    where target.id = woken.target_id
  )
  select count(*) into v_woken_count from woken;
  perform private.poke_publish_lane(lane) from unnest(array[0, 1]) as lane where v_woken_count > 0;
  return v_woken_count;
end;
$$;

-- What the platform refused for its format begins anew once there is a file that fits. Returns how many.
create function public.resume_after_conversion(p_user_id uuid, p_video_id uuid) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_woken_count integer := 0;
  v_post_id uuid;
begin
  perform private.lock_accounts(array[p_user_id]);
  for v_post_id in
    select distinct target.published_video_id
    from public.publishing_queue as target
    join public.published_videos as post on post.user_id = target.user_id and post.id = target.published_video_id
    where post.user_id = p_user_id and post.video_id = p_video_id and target.status = 'needs_conversion'
    -- Ids grow with time, so that jobs are locked in their order over all posts.
    order by target.published_video_id
  loop
    v_woken_count := v_woken_count + public.retry_post(p_user_id, v_post_id, p_status => 'needs_conversion');
  end loop;
  return v_woken_count;
end;
$$;

comment on function private.park_lost_jobs is 'Parks jobs whose workers keep dying; returns how many. Called by cron.';
comment on function public.resume_after_reconnect is 'Wakes what waited for an account; returns how many targets.';
comment on function public.resume_after_conversion is 'Wakes what waited for another file; returns how many targets.';

revoke execute on function
  private.park_lost_jobs(), public.resume_after_reconnect(uuid), public.resume_after_conversion(uuid, uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.resume_after_reconnect(uuid), public.resume_after_conversion(uuid, uuid)
  to service_role;
