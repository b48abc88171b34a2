-- The publishing engine's part of the clock that the function does: spent copies, and posts that waited for OneDrive.

-- What could not read its file because OneDrive was disconnected goes on once it is connected. Called by cron, so that
-- a post which is parked just while its user connects is not forgotten. Returns how many targets.
create function private.resume_after_onedrive() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_locked uuid[];
  v_woken_count integer;
begin
  -- Waits for nobody: a job that somebody else changes right now is left to the next minute.
  select array_agg(locked.target_id) into v_locked
  from (
    select job.target_id
    from private.publish_jobs as job
    join public.publishing_queue as target on target.id = job.target_id
    join public.user_onedrive_connections as drive on drive.user_id = target.user_id and drive.status = 'connected'
    where target.status = 'needs_reauth'
      and target.error_code = 'onedrive_reauth_required'
      and job.work_at is null
    order by job.target_id
    for update of job skip locked
  ) as locked;
  -- Read again under the locks.
  with woken as (
    update private.publish_jobs as job
    set work_at = greatest(now(), case when job.step = 'publish' then job.due_at end),
        step_attempts = 0,
        lost_leases = 0
    from public.publishing_queue as target
    where job.target_id = any (v_locked)
      and target.id = job.target_id
      and target.status = 'needs_reauth'
      and target.error_code = 'onedrive_reauth_required'
      and job.work_at is null
      and job.lease_token is null
      and job.called_at is null
    returning job.target_id, job.step
  ),
  shown as (
    update public.publishing_queue as target
    set status = private.status_of_step(woken.step), retry_at = null, error_code = null, error_message = null
    from woken
    where target.id = woken.target_id
    returning 1
  )
  select count(*) into v_woken_count from shown;
  return v_woken_count;
end;
$$;

-- Idempotent: a job is known by its name.
create function private.setup_publish_tending() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule('publish-resume-after-onedrive', '* * * * *', 'select private.resume_after_onedrive()');
  perform cron.schedule(
    'publish-remove-spent-copies', '7 * * * *',
    $job$select private.call_function('publish/internal/remove-spent-copies')$job$
  );
end;
$$;

comment on function private.resume_after_onedrive is
  'Wakes what waited for OneDrive to be connected; returns how many targets. Called by cron.';
comment on function private.setup_publish_tending is 'Schedules the jobs by name; safe to run again.';

revoke execute on function private.resume_after_onedrive(), private.setup_publish_tending()
  from public, anon, authenticated, service_role;

select private.setup_publish_tending();
