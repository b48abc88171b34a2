-- The publishing engine's part of the clock.

create function private.prune_publishing() returns integer
language sql
set search_path = ''
as $$
  with spent as (
    delete from private.budget_takes as take
    using private.provider_budgets as budget
    where budget.budget = take.budget
      and take.taken_at < now() - greatest(interval '2 days', make_interval(secs => 2 * budget.window_seconds))
    returning 1
  ),
  answered as (
    delete from private.idempotency_keys as old where old.created_at < now() - interval '24 hours' returning 1
  )
  select (select count(*) from spent)::integer + (select count(*) from answered)::integer;
$$;

-- Idempotent: a job is known by its name. pg_cron takes seconds from 1.5 on.
create function private.setup_publish_cron_jobs()
returns void
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
  perform cron.schedule('publish-poke-workers', v_often, 'select private.poke_publish_workers()');
  perform cron.schedule('publish-tell-published', v_often, 'select private.tell_published_targets()');
  perform cron.schedule('publish-park-lost-jobs', '* * * * *', 'select private.park_lost_jobs()');
  perform cron.schedule('publish-prune', '41 * * * *', 'select private.prune_publishing()');
end;
$$;

comment on function private.prune_publishing is
  'Removes takes of past windows and idempotency keys of a day ago; returns how many. Called by cron.';
comment on function private.setup_publish_cron_jobs is 'Schedules the jobs of publishing by name; safe to run again.';

revoke execute on function private.prune_publishing(), private.setup_publish_cron_jobs()
  from public, anon, authenticated, service_role;

select private.setup_publish_cron_jobs();
