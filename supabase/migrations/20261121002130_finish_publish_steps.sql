-- What a worker says at the end of a step. Each takes the lease token and answers false when the lease was lost:
-- then nothing was written and the worker stops. Called by the `publish` function as service_role.
--
-- Each writes its job first. Who waits for that lock sees the job as it is afterwards, but every other table as it was
-- before: what decides here is therefore read from the job alone, or in a later statement.

-- Pauses of p_key in private.settings; never empty, whatever an operator left there.
create function private.publish_pauses(p_key text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select setting.value from private.settings as setting
      where setting.key = p_key and jsonb_typeof(setting.value) = 'array' and jsonb_array_length(setting.value) > 0
    ),
    '[60, 300, 900]'
  );
$$;

comment on function private.publish_pauses is 'The pauses of a setting in seconds, or 1, 5 and 15 minutes.';

revoke execute on function private.publish_pauses(text) from public, anon, authenticated, service_role;
grant execute on function private.publish_pauses(text) to service_role;

-- The step succeeded: p_step is next, from p_checkpoint on. An edit made meanwhile starts again from the beginning.
create function public.advance_publish_job(
  p_target_id uuid,
  p_lease_token uuid,
  p_revision integer,
  p_step text,
  p_checkpoint jsonb,
  p_wait_seconds double precision default 0,
  p_secret text default null,
  p_secret_key_id text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_step text;
  -- Platforms' days end within 25 hours; a longer wish is a mistake.
  v_wait interval := make_interval(secs => least(coalesce(p_wait_seconds, 0), 90000));
begin
  update private.publish_jobs as job
  set lease_token = null, lease_until = null,
      lost_leases = 0,
      step_attempts = 0,
      is_waiting = false,
      step = case when job.revision = p_revision then p_step else 'prepare' end,
      checkpoint = case when job.revision = p_revision then p_checkpoint else '{}' end,
      secret = case when job.revision = p_revision then coalesce(p_secret, job.secret) end,
      secret_key_id = case when job.revision = p_revision then coalesce(p_secret_key_id, job.secret_key_id) end,
      work_at = case
        when job.revision <> p_revision then now()
        -- What waits for nothing keeps its place in the queue: one post is finished before the next is begun. More of
        -- the same step, as with the bytes of a long video, lets others go first.
        when v_wait <= interval '0' then greatest(
          case when job.step = p_step then now() else least(job.work_at, now()) end,
          case when p_step = 'publish' then job.due_at end
        )
        -- What is ready waits for its time.
        when p_step = 'publish' then greatest(job.due_at, now() + v_wait)
        else now() + v_wait
      end
  where job.target_id = p_target_id and job.lease_token = p_lease_token
  returning job.step into v_step;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = private.status_of_step(v_step), retry_at = null, error_code = null, error_message = null
  where target.id = p_target_id and target.status <> private.status_of_step(v_step);
  return true;
end;
$$;

-- The step did not succeed but may next time. p_wait_seconds is the platform's own wish (Retry-After). After the last
-- pause the target fails. Once the irreversible call was begun nothing fails by waiting: a post that is there is asked
-- about at the last pause for ever, one that may be there until its user decides.
create function public.retry_publish_job(
  p_target_id uuid,
  p_lease_token uuid,
  p_error_code text,
  p_error_message text,
  p_wait_seconds double precision default null,
  p_provider_status integer default null,
  p_provider_reference text default null
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_job private.publish_jobs;
  v_delays jsonb;
  v_last integer;
  v_pause double precision;
  v_status text;
begin
  select job.* into v_job
  from private.publish_jobs as job
  where job.target_id = p_target_id and job.lease_token = p_lease_token
  for update;
  if not found then
    return null;
  end if;
  v_delays := private.publish_pauses(case
    when v_job.called_at is null then 'publish.retry_delays_seconds' else 'publish.reconcile_seconds'
  end);
  v_last := jsonb_array_length(v_delays) - 1;
  -- Broken off inside the call: from here on it is asked about.
  if v_job.called_at is not null and v_job.step = 'publish' then
    v_job.step := 'reconcile';
    v_job.doubts := v_job.doubts + 1;
  end if;
  v_status := case
    when v_job.step = 'reconcile' then 'unknown'
    when v_job.step = 'confirm' then 'publishing'
    when v_job.step_attempts > v_last then 'failed'
    else 'retry_wait'
  end;
  if v_job.step_attempts <= v_last or v_status = 'publishing' then
    -- A wish of more than a day is a mistake, or would be the end of the post.
    v_pause := greatest(
      (v_delays ->> least(v_job.step_attempts, v_last))::double precision, least(coalesce(p_wait_seconds, 0), 86400)
    );
  end if;

  update private.publish_jobs as job
  set lease_token = null, lease_until = null,
      lost_leases = 0,
      step = v_job.step,
      doubts = v_job.doubts,
      step_attempts = least(job.step_attempts + 1, 1000),
      is_waiting = v_status = 'retry_wait',
      work_at = case when v_pause is not null then greatest(
        now() + make_interval(secs => v_pause), case when v_job.step = 'publish' then job.due_at end
      ) end
  where job.target_id = p_target_id;
  update public.publishing_queue as target
  set status = v_status,
      attempts = target.attempts + 1,
      retry_at = now() + make_interval(secs => v_pause),
      error_code = p_error_code,
      error_message = p_error_message
  where target.id = p_target_id;
  insert into public.publish_attempts (
    user_id, target_id, step, outcome, error_code, error_message, provider_status, provider_reference
  )
  values (
    v_job.user_id, p_target_id, v_job.step, v_status, p_error_code, p_error_message, p_provider_status,
    p_provider_reference
  );
  return v_status;
end;
$$;

comment on function public.advance_publish_job is
  'The step succeeded; p_step is next after p_wait_seconds. A ready target waits for its time.';
comment on function public.retry_publish_job is
  'The step did not succeed: pauses by private.settings. Returns the new status, null when the lease was lost.';

revoke execute on function
  public.advance_publish_job(uuid, uuid, integer, text, jsonb, double precision, text, text),
  public.retry_publish_job(uuid, uuid, text, text, double precision, integer, text)
  from public, anon, authenticated;
grant execute on function
  public.advance_publish_job(uuid, uuid, integer, text, jsonb, double precision, text, text),
  public.retry_publish_job(uuid, uuid, text, text, double precision, integer, text)
  to service_role;
