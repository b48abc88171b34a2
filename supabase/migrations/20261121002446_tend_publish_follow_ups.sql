-- Follow-ups without a worker: by the clock.

-- Gives up what keeps killing its workers, then pokes the worker when something is due.
create function private.tend_publish_follow_ups() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_work private.publish_follow_ups;
  v_message constant text :=
    'The post is there. What was left to do on it broke off several times on our side: look at it there.';
  v_count integer := 0;
begin
  for v_work in
    select work.*
    from private.publish_follow_ups as work
    where work.lease_until <= now()
      and work.lost_leases + 1 >= (
        select (setting.value #>> '{}')::integer from private.settings as setting
        where setting.key = 'publish.max_lost_leases'
      )
    for update skip locked
  loop
    perform private.note_follow_up(v_work, 'lost', 'worker_lost', v_message, null);
    perform private.close_follow_up(v_work.target_id, v_work.kind, 'follow_up_lost', v_message);
    v_count := v_count + 1;
  end loop;
  perform private.poke_publish_follow_ups();
  return v_count;
end;
$$;

-- Idempotent: a job is known by its name. pg_cron takes seconds from 1.5 on.
create function private.setup_follow_up_cron_jobs() returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version int[] := (
    select string_to_array(substring(extversion from '^\d+\.\d+'), '.')::int[]
    from pg_catalog.pg_extension
    where extname = 'pg_cron'
  );
  v_often text := case when coalesce(v_version >= array[1, 5], false) then '5 seconds' else '* * * * *' end;
begin
  perform cron.schedule('publish-tend-follow-ups', v_often, 'select private.tend_publish_follow_ups()');
end;
$$;

comment on function private.tend_publish_follow_ups is
  'Gives up follow-ups whose workers keep dying and pokes for due ones; returns how many were given up. By cron.';
comment on function private.setup_follow_up_cron_jobs is 'Schedules the job of follow-ups by name; safe to run again.';

revoke execute on function private.tend_publish_follow_ups(), private.setup_follow_up_cron_jobs()
  from public, anon, authenticated, service_role;

select private.setup_follow_up_cron_jobs();
