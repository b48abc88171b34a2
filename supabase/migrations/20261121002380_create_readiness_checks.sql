-- Whether a scheduled post can go out, looked at a day and an hour before. The `publish` function looks; what it finds
-- is told once at each of the two times, and the notice is gone when the problem is.

create table private.readiness_checks (
  post_id uuid primary key,
  user_id uuid not null,
  scheduled_for timestamptz,
  mark text,
  problems jsonb not null default '{}',
  checked_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  constraint readiness_post_is_its_users foreign key (user_id, post_id)
    references public.published_videos (user_id, id) on delete cascade,
  constraint readiness_mark_is_known check (mark in ('day', 'hour')),
  constraint readiness_lease_has_token_and_end check ((lease_token is null) = (lease_until is null))
);

create index readiness_checks_post_idx on private.readiness_checks (user_id, post_id);

comment on table private.readiness_checks is 'What was found of posts that are scheduled for the next day.';
comment on column private.readiness_checks.scheduled_for is 'Its first time, when it was looked at; null before.';
comment on column private.readiness_checks.mark is 'day or hour: how far ahead it was looked at last.';
comment on column private.readiness_checks.problems is
  'Key of a problem to {"notice": id, "mark": text}: what was told, and when.';

revoke all on private.readiness_checks from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.readiness_checks to service_role;

insert into private.settings (key, value, description) values
  ('readiness.day_seconds', '86400', 'A scheduled post is looked at so long before its time,'),
  ('readiness.hour_seconds', '3600', 'and again so long before.'),
  ('readiness.again_seconds', '780', 'A post with a problem is looked at again after this.');

create function private.readiness_span(p_mark text) returns interval
language sql
stable
set search_path = ''
as $$
  select make_interval(secs => (setting.value #>> '{}')::double precision)
  from private.settings as setting where setting.key = 'readiness.' || p_mark || '_seconds';
$$;

-- Whether the platform's day still has room for a target: for the place it has, or for one more.
create function private.has_day_room(p_target_id uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_and(private.has_room(
    budget.budget,
    coalesce(job.reserved_key, private.budget_key(budget.budget, budget.scope, account.account_id)),
    null,
    coalesce(job.reserved_at, job.due_at),
    case when job.reserved_key is null then 1 else 0 end
  )), true)
  from private.publish_jobs as job
  join public.publishing_queue as target on target.id = job.target_id
  join public.oauth_connections as account on account.user_id = target.user_id and account.id = target.connection_id
  join private.provider_budgets as budget
    on budget.is_reserved and split_part(budget.budget, '.', 1) = target.platform
  where job.target_id = p_target_id;
$$;

-- Notices of posts that went out, were canceled or moved away are not true any more. Returns how many posts.
create function private.forget_readiness() returns integer
language sql
set search_path = ''
as $$
  with over as (
    delete from private.readiness_checks as past
    where (past.lease_until is null or past.lease_until <= now())
      and not exists (
        select from public.publishing_queue as target
        where target.user_id = past.user_id and target.published_video_id = past.post_id
          and target.status = 'scheduled'
          and target.scheduled_for between now() and now() + private.readiness_span('day')
      )
    returning past.user_id, past.problems
  ),
  gone as (
    delete from public.notifications as told
    using over
    cross join lateral jsonb_each(over.problems) as problem
    where told.user_id = over.user_id and told.id = (problem.value ->> 'notice')::uuid
  )
  select count(*)::integer from over;
$$;

comment on function private.readiness_span is 'A span of private.settings below readiness.';
comment on function private.has_day_room is 'Whether a target still fits into its platform''s day.';
comment on function private.forget_readiness is 'Takes back what was told of posts that are not ahead; how many posts.';

revoke execute on function
  private.readiness_span(text), private.has_day_room(uuid), private.forget_readiness()
  from public, anon, authenticated, service_role;
grant execute on function
  private.readiness_span(text), private.has_day_room(uuid), private.forget_readiness()
  to service_role;
