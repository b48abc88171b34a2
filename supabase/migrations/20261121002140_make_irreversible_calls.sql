-- The irreversible call: begun before it is made, then done, undone or open. Called by the `publish` function as
-- service_role; each takes the lease token and answers false when the lease was lost.

-- How long not finding a post proves nothing, in seconds.
create function private.settle_seconds(p_target_id uuid) returns double precision
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (setting.value ->> target.platform)::double precision, (setting.value ->> 'default')::double precision, 120
  )
  from public.publishing_queue as target
  left join private.settings as setting on setting.key = 'publish.settle_seconds'
  where target.id = p_target_id;
$$;

-- The point of no return. From here on edits and cancellation are refused, and whatever happens to the worker, the
-- call is not made again before its outcome is known. False when the lease is lost or the text was edited meanwhile.
create function public.begin_irreversible_call(
  p_target_id uuid,
  p_lease_token uuid,
  p_revision integer,
  p_checkpoint jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.publish_jobs as job
  set called_at = clock_timestamp(),
      checkpoint = p_checkpoint,
      -- Also a worker that is only slow may still be in the call while others ask.
      settle_until = clock_timestamp() + make_interval(secs => private.settle_seconds(p_target_id))
  where job.target_id = p_target_id
    and job.lease_token = p_lease_token
    and job.revision = p_revision
    and job.step = 'publish'
    and job.called_at is null;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = 'publishing', called_at = clock_timestamp()
  where target.id = p_target_id;
  return true;
end;
$$;

-- The call was made and its outcome is open. Not finding the post proves nothing before the settle time, which starts
-- anew now that the call is over, has passed.
create function public.doubt_irreversible_call(
  p_target_id uuid,
  p_lease_token uuid,
  p_checkpoint jsonb,
  p_error_code text,
  p_error_message text
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_pause double precision := (private.publish_pauses('publish.reconcile_seconds') ->> 0)::double precision;
  v_user_id uuid;
begin
  update private.publish_jobs as job
  set lease_token = null, lease_until = null,
      lost_leases = 0,
      step_attempts = 0,
      is_waiting = false,
      step = 'reconcile',
      checkpoint = p_checkpoint,
      doubts = job.doubts + 1,
      settle_until = greatest(
        job.settle_until, now() + make_interval(secs => private.settle_seconds(p_target_id))
      ),
      work_at = now() + make_interval(secs => v_pause)
  where job.target_id = p_target_id and job.lease_token = p_lease_token and job.called_at is not null
  returning job.user_id into v_user_id;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = 'unknown',
      attempts = target.attempts + 1,
      retry_at = now() + make_interval(secs => v_pause),
      error_code = p_error_code,
      error_message = p_error_message
  where target.id = p_target_id;
  insert into public.publish_attempts (user_id, target_id, step, outcome, error_code, error_message)
  values (v_user_id, p_target_id, 'publish', 'unknown', p_error_code, p_error_message);
  return true;
end;
$$;

-- The platform showed that the call had no effect, so it may be made again; that the post was only not found
-- (p_is_absence) shows nothing before its time. The lease stays: the worker goes on with advance, retry or park. A call
-- that again and again ends open and without effect fails in the end: the answer is false, there is nothing to go on.
create function public.undo_irreversible_call(
  p_target_id uuid,
  p_lease_token uuid,
  p_step text,
  p_checkpoint jsonb,
  p_is_absence boolean default false
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_max_doubts integer := (
    select (setting.value #>> '{}')::integer from private.settings as setting
    where setting.key = 'publish.max_doubts'
  );
  v_job private.publish_jobs;
begin
  if p_is_absence and exists (
    select from private.publish_jobs as job where job.target_id = p_target_id and job.settle_until > now()
  ) then
    raise sqlstate 'PT409' using message = 'The platform may still be taking this post.', detail = 'outcome_still_open';
  end if;
  update private.publish_jobs as job
  set called_at = null,
      settle_until = null,
      step = p_step,
      checkpoint = p_checkpoint,
      work_at = greatest(job.work_at, case when p_step = 'publish' then job.due_at end)
  where job.target_id = p_target_id and job.lease_token = p_lease_token and job.called_at is not null
  returning job.* into v_job;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = private.status_of_step(p_step), called_at = null, retry_at = null
  where target.id = p_target_id;
  if v_job.doubts >= v_max_doubts then
    perform public.park_publish_job(
      p_target_id, p_lease_token, 'failed', 'call_without_effect',
      'The platform did not take this post, several times, without saying why. Try it again later.'
    );
    return false;
  end if;
  return true;
end;
$$;

-- The post is on the platform. Its job and secrets are gone in the same transaction. A notice says what its user should
-- know all the same, such as that the platform made it private; it takes the place of the error.
create function public.finish_publish_job(
  p_target_id uuid,
  p_lease_token uuid,
  p_platform_post_id text,
  p_platform_url text,
  p_notice_code text default null,
  p_notice_message text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.publish_jobs as job
  where job.target_id = p_target_id and job.lease_token = p_lease_token;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = 'published',
      platform_post_id = p_platform_post_id,
      platform_url = p_platform_url,
      published_at = now(),
      retry_at = null,
      error_code = p_notice_code,
      error_message = p_notice_message
  where target.id = p_target_id;
  return true;
end;
$$;

comment on function private.settle_seconds is 'How long not finding a target''s post proves nothing.';
comment on function public.begin_irreversible_call is
  'Records that the irreversible call is about to be made. Only after true may it be made.';
comment on function public.doubt_irreversible_call is
  'The outcome of the call is open: unknown, and asked about.';
comment on function public.undo_irreversible_call is
  'The call had no effect; the lease stays. False when the lease was lost or the target failed for good.';
comment on function public.finish_publish_job is 'The post is on the platform, under p_platform_post_id.';

revoke execute on function
  private.settle_seconds(uuid), public.begin_irreversible_call(uuid, uuid, integer, jsonb),
  public.doubt_irreversible_call(uuid, uuid, jsonb, text, text),
  public.undo_irreversible_call(uuid, uuid, text, jsonb, boolean),
  public.finish_publish_job(uuid, uuid, text, text, text, text)
  from public, anon, authenticated;
grant execute on function
  private.settle_seconds(uuid), public.begin_irreversible_call(uuid, uuid, integer, jsonb),
  public.doubt_irreversible_call(uuid, uuid, jsonb, text, text),
  public.undo_irreversible_call(uuid, uuid, text, jsonb, boolean),
  public.finish_publish_job(uuid, uuid, text, text, text, text)
  to service_role;
