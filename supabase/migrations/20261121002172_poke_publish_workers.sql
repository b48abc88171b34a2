-- Pokes to the publish function: at once for what is due now, and by the clock. A poke is a hint and may be lost.

insert into private.settings (key, value, description) values
  ('publish.max_workers', '4', 'Workers that the clock pokes at once for each lane; a process takes no more than it can.');

-- One poke for about 25 due jobs, each lane by itself; a poke is a hint and may be lost.
create function private.poke_publish_workers() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_max_workers constant integer := (
    select (setting.value #>> '{}')::integer from private.settings as setting where setting.key = 'publish.max_workers'
  );
  v_lane record;
  v_poked_count integer := 0;
begin
  for v_lane in
    select lane.number, least(ceil(count(job.target_id) / 25.0), v_max_workers)::integer as workers
    from (values (0), (1)) as lane (number)
    left join lateral (
      select due.target_id from private.publish_jobs as due
      where due.lane = lane.number and due.work_at <= now() and (due.lease_until is null or due.lease_until <= now())
      limit 25 * v_max_workers
    ) as job on true
    group by lane.number
  loop
    for i in 1..v_lane.workers loop
      perform private.call_function('publish/internal/work', jsonb_build_object('lane', v_lane.number));
      v_poked_count := v_poked_count + 1;
    end loop;
  end loop;
  return v_poked_count;
end;
$$;

-- A job that is due at once does not wait for the clock.
create function private.poke_new_publish_jobs() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (select from new_jobs where work_at <= now()) then
    perform private.call_function('publish/internal/work', jsonb_build_object('lane', 1));
  end if;
  return null;
end;
$$;

comment on function private.poke_publish_workers is 'Pokes the publish worker when work is due; called by cron.';
comment on function private.poke_new_publish_jobs is
  'Trigger of publish_jobs, as its owner because it reads Vault: "now" starts at once.';

revoke execute on function private.poke_publish_workers(), private.poke_new_publish_jobs()
  from public, anon, authenticated, service_role;

create trigger publish_jobs_poke after insert on private.publish_jobs
  referencing new table as new_jobs
  for each statement execute function private.poke_new_publish_jobs();
