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
  checkpoint jsonb,
  secret text,
  secret_key_id text,
  called_at timestamptz,
  settle_until timestamptz
)
language plpgsql
set search_path = ''
-- Planned anew by every call, the statement below would take longer to plan than to run.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_lease_until timestamptz := now() + make_interval(secs => least(p_lease_seconds, 1800));
  v_is_waiting boolean;
  v_lost_leases smallint;
  v_called uuid[] := '{}';
  v_shown uuid[] := '{}';
begin
  -- Nobody waits for the disk: a claim that a crash of the server undoes was never made. All its worker writes needs
  -- the lease token that is gone, and the one write an irreversible call waits for takes the claim to disk with it.
  perform set_config('synchronous_commit', 'off', true);

  for target_id, user_id, lease_token, revision, step, checkpoint, secret, secret_key_id, called_at, settle_until,
    v_is_waiting, v_lost_leases
  in
    update private.publish_jobs as job
    set lease_token = gen_random_uuid(),
        lease_until = v_lease_until,
        lost_leases = job.lost_leases + (job.lease_token is not null)::integer::smallint,
        is_account_new = false
    -- An array, so that the plan is one index probe per job whatever p_limit is.
    where job.target_id = any (array(
      select due.target_id
      from private.publish_jobs as due
      where due.lane = p_lane
        and due.work_at <= now()
        -- A lease that ends far away was taken before the clock was set back; its worker is refused like a lost one.
        and (due.lease_until is null or due.lease_until <= now() or due.lease_until > now() + interval '1 hour')
        -- One that kills its workers is left to private.park_lost_jobs.
        and (due.lease_token is null or due.lost_leases + 1 < (
          select (setting.value #>> '{}')::integer from private.settings as setting
          where setting.key = 'publish.max_lost_leases'
        ))
      order by due.work_at
      limit p_limit
      for update skip locked
    ))
    returning job.target_id, job.user_id, job.lease_token, job.revision, job.step, job.checkpoint, job.secret,
      job.secret_key_id, job.called_at, job.settle_until, job.is_waiting, job.lost_leases
  loop
    -- The call may have been made and its answer lost: ask, never repeat.
    if called_at is not null and step = 'publish' then
      step := 'reconcile';
      v_called := v_called || target_id;
    end if;
    if v_is_waiting or (step = 'reconcile' and v_lost_leases > 0) then
      v_shown := v_shown || target_id;
    end if;
    return next;
  end loop;

  if v_called <> '{}' then
    update private.publish_jobs as job
    set step = 'reconcile', doubts = job.doubts + 1
    where job.target_id = any (v_called);
  end if;

  -- Users see that it goes on; only these statuses differ from what the step says. A statement of its own: the one
  -- above may have waited for nobody and still found jobs newer than the targets it could see. One row that somebody
  -- changed by hand must not stop a whole lane: a move that is not allowed is left out here, and refused to its worker.
  if v_shown <> '{}' then
    update public.publishing_queue as target
    set status = next.status,
        retry_at = case when job.step = 'reconcile' then now() end
    from private.publish_jobs as job
    cross join lateral (select private.status_of_step(job.step) as status offset 0) as next
    where job.target_id = any (v_shown)
      and target.id = job.target_id
      and exists (
        select from private.publish_moves as move
        where move.from_status = target.status and move.to_status = next.status
      );
  end if;
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
