-- What a worker says when a target has to wait for somebody. Takes the lease token and answers false when the lease was
-- lost. Called by the `publish` function as service_role.

-- The target cannot go on by itself: its user, a new day or another job has to come first. p_status is failed,
-- quota_wait (until p_until), needs_reauth or needs_conversion. After the irreversible call nothing that a worker is
-- short of says whether the post is there: the outcome stays open, whatever p_status is.
create function public.park_publish_job(
  p_target_id uuid,
  p_lease_token uuid,
  p_status text,
  p_error_code text,
  p_error_message text,
  p_until timestamptz default null,
  p_provider_status integer default null,
  p_provider_reference text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_job private.publish_jobs;
  v_status text := p_status;
  v_until timestamptz;
begin
  select job.* into v_job
  from private.publish_jobs as job
  where job.target_id = p_target_id and job.lease_token = p_lease_token
  for update;
  if not found then
    return false;
  end if;
  if v_job.called_at is not null then
    v_status := 'unknown';
  end if;
  if p_status = 'quota_wait' then
    v_until := greatest(coalesce(p_until, now() + interval '1 hour'), now() + interval '1 second');
  elsif p_status = 'needs_reauth' and v_job.is_account_new then
    -- The account was connected again meanwhile: nobody would come to wake this job.
    v_until := now();
    v_status := case when v_status = 'unknown' then v_status else 'retry_wait' end;
  end if;
  if v_until is not null and v_job.step = 'publish' and v_job.called_at is null then
    v_until := greatest(v_until, v_job.due_at);
  end if;

  update private.publish_jobs as job
  set lease_token = null, lease_until = null,
      lost_leases = 0,
      work_at = v_until,
      is_waiting = v_status in ('quota_wait', 'retry_wait'),
      step = case
        when v_status = 'unknown' and job.step = 'publish' then 'reconcile'
        when v_status = 'failed' then 'prepare'
        else job.step
      end
  where job.target_id = p_target_id;
  update public.publishing_queue as target
  set status = v_status,
      attempts = target.attempts + 1,
      retry_at = v_until,
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
  return true;
end;
$$;

comment on function public.park_publish_job is
  'The target waits for somebody: p_status is failed, quota_wait, needs_reauth or needs_conversion.';

revoke execute on function
  public.park_publish_job(uuid, uuid, text, text, text, timestamptz, integer, text)
  from public, anon, authenticated;
grant execute on function
  public.park_publish_job(uuid, uuid, text, text, text, timestamptz, integer, text)
  to service_role;
