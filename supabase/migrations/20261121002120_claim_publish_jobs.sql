-- How workers take jobs and hold them. Called by the `publish` function as service_role.
--
-- A job is due when work_at has passed and no lease is on it. A lease ends by itself, so a worker that dies gives its
-- job back by doing nothing. Whoever claims a job with an ended lease on it knows that the last worker was lost.

create function public.claim_publish_jobs(
  p_lane integer,
  p_limit integer,
  p_lease_seconds integer
)
returns table (
  target_id uuid,
  user_id uuid,
  lease_token uuid,
  revision integer,
  step text,
  step_attempts smallint,
  lost_leases smallint,
  checkpoint jsonb,
  secret text,
  secret_key_id text,
  called_at timestamptz,
  settle_until timestamptz
)
language plpgsql
set search_path = ''
-- Planned anew by every call, the statements below would take longer to plan than to run.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_claimed private.publish_jobs[];
  v_job private.publish_jobs;
  v_is_called boolean := false;
  v_is_shown boolean := false;
begin
  with due as (
    select job.target_id
    from private.publish_jobs as job
    where job.lane = p_lane
      and job.work_at <= now()
      -- A lease that ends far away was taken before the clock was set back; its worker is refused like a lost one.
      and (job.lease_until is null or job.lease_until <= now() or job.lease_until > now() + interval '1 hour')
      -- One that kills its workers is left to private.park_lost_jobs.
      and (job.lease_token is null or job.lost_leases + 1 < (
        select (setting.value #>> '{}')::integer from private.settings as setting
        where setting.key = 'publish.max_lost_leases'
      ))
    order by job.work_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update private.publish_jobs as job
    set lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => least(p_lease_seconds, 1800)),
        lost_leases = job.lost_leases + (job.lease_token is not null)::integer::smallint,
        is_account_new = false
    -- An array, so that the plan is one index probe per job whatever p_limit is.
    where job.target_id = any (array(select due.target_id from due))
    returning job
  )
  select array_agg(claimed.job) into v_claimed from claimed;
  if v_claimed is null then
    return;
  end if;
  foreach v_job in array v_claimed loop
    v_is_called := v_is_called or (v_job.called_at is not null and v_job.step = 'publish');
    v_is_shown := v_is_shown or v_job.is_waiting or v_job.lost_leases > 0;
  end loop;

  -- The call may have been made and its answer lost: ask, never repeat.
  if v_is_called then
    update private.publish_jobs as job
    set step = 'reconcile', doubts = job.doubts + 1
    from unnest(v_claimed) as claimed
    where job.target_id = claimed.target_id and claimed.called_at is not null and claimed.step = 'publish';
    select array_agg(job) into v_claimed
    from private.publish_jobs as job
    where job.target_id = any (array(select claimed.target_id from unnest(v_claimed) as claimed));
  end if;

  -- Users see that it goes on; only these statuses differ from what the step says. A statement of its own: the one
  -- above may have waited for nobody and still found jobs newer than the targets it could see. One row that somebody
  -- changed by hand must not stop a whole lane: a move that is not allowed is left out here, and refused to its worker.
  if v_is_shown then
    update public.publishing_queue as target
    set status = next.status,
        retry_at = case when claimed.step = 'reconcile' then now() end
    from unnest(v_claimed) as claimed
    cross join lateral (select private.status_of_step(claimed.step) as status offset 0) as next
    where target.id = claimed.target_id
      and (claimed.is_waiting or (claimed.step = 'reconcile' and claimed.lost_leases > 0))
      and exists (
        select from private.publish_moves as move
        where move.from_status = target.status and move.to_status = next.status
      );
  end if;

  foreach v_job in array v_claimed loop
    target_id := v_job.target_id;
    user_id := v_job.user_id;
    lease_token := v_job.lease_token;
    revision := v_job.revision;
    step := v_job.step;
    step_attempts := v_job.step_attempts;
    lost_leases := v_job.lost_leases;
    checkpoint := v_job.checkpoint;
    secret := v_job.secret;
    secret_key_id := v_job.secret_key_id;
    called_at := v_job.called_at;
    settle_until := v_job.settle_until;
    return next;
  end loop;
end;
$$;

-- A long step says that it lives, and how far it is.
create function public.extend_publish_lease(
  p_target_id uuid,
  p_lease_token uuid,
  p_lease_seconds integer,
  p_checkpoint jsonb default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.publish_jobs as job
  set lease_until = now() + make_interval(secs => least(p_lease_seconds, 1800)),
      checkpoint = coalesce(p_checkpoint, job.checkpoint),
      lost_leases = case when p_checkpoint is null then job.lost_leases else 0 end,
      step_attempts = case when p_checkpoint is null then job.step_attempts else 0 end
  where job.target_id = p_target_id and job.lease_token = p_lease_token;
  return found;
end;
$$;

comment on function public.claim_publish_jobs is
  'Claims up to p_limit due jobs of a lane for p_lease_seconds; a called job comes back as step reconcile.';
comment on function public.extend_publish_lease is
  'Extends a lease, with a checkpoint when there was progress. False when the lease was lost: stop working.';

revoke execute on function public.claim_publish_jobs(integer, integer, integer) from public, anon, authenticated;
revoke execute on function public.extend_publish_lease(uuid, uuid, integer, jsonb) from public, anon, authenticated;
grant execute on function public.claim_publish_jobs(integer, integer, integer) to service_role;
grant execute on function public.extend_publish_lease(uuid, uuid, integer, jsonb) to service_role;
