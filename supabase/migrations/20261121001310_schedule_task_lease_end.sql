-- A lease that runs out changes no row by itself: this job ends it, and the triggers of the migration before let the
-- task follow.

-- Oldest first and in portions, so that one run holds few accounts' locks.
create function private.end_expired_task_leases() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_ended_count integer;
begin
  select array_agg(distinct expired.user_id) into v_user_ids
  from (
    select task.user_id
    from public.influencer_tasks as task
    where task.lease_until <= now()
    order by task.lease_until
    limit 1000
  ) as expired;
  if v_user_ids is null then
    return 0;
  end if;
  perform private.lock_accounts(v_user_ids);
  update public.influencer_tasks as task
  set lease_holder = null, lease_token = null, lease_until = null
  where task.user_id = any (v_user_ids) and task.lease_until <= now();
  get diagnostics v_ended_count = row_count;
  return v_ended_count;
end;
$$;

-- Run again by the operator beside private.setup_cron_jobs (docs/operations.md).
create function private.setup_task_jobs() returns void
language sql
set search_path = ''
as $$
  select cron.schedule('end-expired-task-leases', '* * * * *', 'select private.end_expired_task_leases()');
$$;

comment on function private.end_expired_task_leases() is
  'Ends leases that ran out, so that their tasks follow; returns how many. Called by cron every minute.';
comment on function private.setup_task_jobs() is 'Schedules the jobs of tasks by name; safe to run again.';

revoke execute on function private.end_expired_task_leases(), private.setup_task_jobs()
  from public, anon, authenticated, service_role;

select private.setup_task_jobs();
