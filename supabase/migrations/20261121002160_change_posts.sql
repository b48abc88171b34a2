-- What a user does to targets that exist: cancel, retry, decide what nobody can prove. Called by the `publish`
-- function as service_role. Jobs are locked before anything is read, as workers do, and everything is read in later
-- statements: a statement that waited for a lock would see the targets as they were before. Until the irreversible
-- call is begun the user wins; from then on the worker does.

-- Cancels the targets of a post that have not gone out. Raises when none of them can be canceled.
create function public.cancel_post(p_user_id uuid, p_post_id uuid, p_target_id uuid default null)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_targets uuid[];
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.lock_post(p_user_id, p_post_id);
  select array_agg(target.id) into v_targets
  from public.publishing_queue as target
  left join private.publish_jobs as job on job.target_id = target.id
  where target.user_id = p_user_id
    and target.published_video_id = p_post_id
    and target.id = coalesce(p_target_id, target.id)
    and target.status not in ('published', 'canceled')
    and job.called_at is null;
  if v_targets is null then
    if exists (
      select
      from public.publishing_queue as target
      join private.publish_jobs as job on job.target_id = target.id
      where target.user_id = p_user_id
        and target.published_video_id = p_post_id
        and target.id = coalesce(p_target_id, target.id)
    ) then
      raise sqlstate 'PT409' using
        message = 'This post is going out right now and cannot be changed any more.',
        detail = 'post_is_going_out';
    end if;
    raise sqlstate 'PT409' using
      message = 'Nothing of this post is waiting to go out any more.',
      detail = 'post_not_waiting';
  end if;
  delete from private.publish_jobs as job where job.target_id = any (v_targets);
  update public.publishing_queue as target
  set status = 'canceled', retry_at = null
  where target.id = any (v_targets);
  return cardinality(v_targets);
end;
$$;

-- Tries failed and waiting targets again at once: all, one, or those with one cause or status. What failed begins anew,
-- what waited goes on where it was. A target whose outcome is open is its user's to decide first.
create function public.retry_post(
  p_user_id uuid,
  p_post_id uuid,
  p_target_id uuid default null,
  p_error_code text default null,
  p_status text default null
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_retried_count integer;
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.lock_post(p_user_id, p_post_id);
  with woken as (
    update private.publish_jobs as job
    set step = case when target.status in ('failed', 'needs_conversion') then 'prepare' else job.step end,
        checkpoint = case when target.status in ('failed', 'needs_conversion') then '{}' else job.checkpoint end,
        secret = case when target.status not in ('failed', 'needs_conversion') then job.secret end,
        secret_key_id = case when target.status not in ('failed', 'needs_conversion') then job.secret_key_id end,
        work_at = case
          when job.step = 'publish' and target.status <> 'failed' then greatest(now(), job.due_at)
          else now()
        end,
        is_waiting = false,
        step_attempts = 0,
        lost_leases = 0,
        doubts = 0
    from public.publishing_queue as target
    where target.id = job.target_id
      and target.user_id = p_user_id
      and target.published_video_id = p_post_id
      and target.id = coalesce(p_target_id, target.id)
      and target.error_code is not distinct from coalesce(p_error_code, target.error_code)
      and target.status in ('failed', 'retry_wait', 'quota_wait', 'needs_reauth', 'needs_conversion')
      and target.status = coalesce(p_status, target.status)
      and job.called_at is null
      -- What failed holds no video: it stays failed while its file is being deleted.
      and (target.status <> 'failed' or not exists (
        select from public.published_videos as post
        where post.id = target.published_video_id and private.is_video_leaving(post.video_id)
      ))
    returning job.target_id, job.step
  ),
  shown as (
    update public.publishing_queue as target
    set status = private.status_of_step(woken.step), retry_at = null, error_code = null, error_message = null
    from woken
    where target.id = woken.target_id
    returning 1
  )
  select count(*) into v_retried_count from shown;
  if v_retried_count = 0 and exists (
    select from public.publishing_queue as target
    where target.user_id = p_user_id
      and target.published_video_id = p_post_id
      and target.id = coalesce(p_target_id, target.id)
      and target.status = 'unknown'
  ) then
    raise sqlstate 'PT409' using
      message = 'It is not known yet whether this post went out. Look there and say so first.',
      detail = 'outcome_unknown';
  end if;
  perform private.poke_publish_lane(1) where v_retried_count > 0;
  return v_retried_count;
end;
$$;

-- The user looked: p_is_there says whether the post is on the platform. Otherwise it is made again from the start.
-- Open is what shows unknown, and what the platform says for an hour that it still works on. While the call itself may
-- still be running nobody can know, so nothing is made again before the settle time is over.
create function public.decide_unknown_target(p_user_id uuid, p_target_id uuid, p_is_there boolean, p_platform_url text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_job private.publish_jobs;
  v_status text;
begin
  select job.* into v_job
  from private.publish_jobs as job
  where job.target_id = p_target_id and job.user_id = p_user_id
  for update;
  select target.status into v_status
  from public.publishing_queue as target
  where target.user_id = p_user_id and target.id = p_target_id;
  if v_job.called_at is null
    or not (v_status = 'unknown' or (v_job.step = 'confirm' and v_job.called_at < now() - interval '1 hour'))
  then
    raise sqlstate 'PT409' using message = 'There is nothing to decide here.', detail = 'outcome_known';
  end if;
  if not p_is_there and v_job.settle_until > now() then
    raise sqlstate 'PT409' using
      message = 'The platform may still be taking this post. Look again in a few minutes.',
      detail = 'outcome_still_open';
  end if;
  if p_is_there then
    delete from private.publish_jobs as job where job.target_id = p_target_id;
    update public.publishing_queue as target
    set status = 'published',
        platform_post_id = coalesce(target.platform_post_id, 'confirmed by its user'),
        platform_url = p_platform_url,
        published_at = coalesce(target.called_at, now()),
        retry_at = null,
        error_code = null,
        error_message = null
    where target.id = p_target_id;
  else
    update private.publish_jobs as job
    set lease_token = null, lease_until = null, lost_leases = 0, step_attempts = 0, called_at = null,
        settle_until = null, doubts = 0, step = 'prepare', checkpoint = '{}', secret = null, secret_key_id = null,
        is_waiting = false, work_at = now(), revision = job.revision + 1
    where job.target_id = p_target_id;
    update public.publishing_queue as target
    set status = 'preparing', called_at = null, retry_at = null, error_code = null, error_message = null
    where target.id = p_target_id;
    perform private.poke_publish_lane(1);
  end if;
  insert into public.publish_attempts (user_id, target_id, step, outcome)
  values (p_user_id, p_target_id, 'reconcile', case when p_is_there then 'decided_there' else 'decided_again' end);
end;
$$;

comment on function public.cancel_post is
  'Cancels what has not gone out of a post, or one target of it; returns how many. Raises post_is_going_out.';
comment on function public.retry_post is
  'Tries failed and waiting targets again, all, one or those with one cause; how many. Raises outcome_unknown.';
comment on function public.decide_unknown_target is
  'Ends an open outcome by its user''s word: published, or made again. Raises outcome_known, outcome_still_open.';

revoke execute on function
  public.cancel_post(uuid, uuid, uuid), public.retry_post(uuid, uuid, uuid, text, text),
  public.decide_unknown_target(uuid, uuid, boolean, text)
  from public, anon, authenticated, service_role;
grant execute on function
  public.cancel_post(uuid, uuid, uuid), public.retry_post(uuid, uuid, uuid, text, text),
  public.decide_unknown_target(uuid, uuid, boolean, text)
  to service_role;
