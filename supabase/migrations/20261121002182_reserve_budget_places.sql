-- A scheduled post has a place of its day's limit from the moment it is scheduled: nobody is told that a post goes out
-- on a day whose places are gone, and what is posted "now" takes none of them. Called when targets are started and
-- moved; a place goes back with its job, or when its target fails. Whoever needs both locks a job before a budget.

create function private.budget_key(p_budget text, p_scope text, p_account_id text) returns text
language sql
immutable
set search_path = ''
as $$
  select p_budget || ' ' || case p_scope when 'app' then 'app' else p_account_id end;
$$;

-- Whether p_amount more fit at p_at beside what was taken and is reserved; a rolling limit holds in every window that
-- p_at lies in. Of a shared budget everybody has an equal part for sure, and the first half of a window is for who
-- comes first. p_user_id null asks for nobody in particular. The caller holds the budget's lock.
create function private.has_room(p_budget text, p_key text, p_user_id uuid, p_at timestamptz, p_amount integer)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_budget private.provider_budgets;
  v_window record;
  v_width interval;
  v_all integer;
  v_own integer;
  v_users integer;
begin
  select budget.* into strict v_budget from private.provider_budgets as budget where budget.budget = p_budget;
  if v_budget.window_kind = 'rolling' then
    v_width := make_interval(secs => v_budget.window_seconds);
    return coalesce((
      select max(counted.amount)
      from (
        select
          event.at,
          sum(event.amount) over (order by event.at range between v_width preceding and current row) as amount
        from (
          select take.taken_at as at, take.amount from private.budget_takes as take
          where take.budget = p_budget and take.scope_key = split_part(p_key, ' ', 2)
            and take.taken_at > p_at - v_width and take.taken_at < p_at + v_width
          union all
          select job.reserved_at, 1 from private.publish_jobs as job
          where job.reserved_key = p_key and job.reserved_at > p_at - v_width and job.reserved_at < p_at + v_width
          union all
          select p_at, p_amount
        ) as event
      ) as counted
      where counted.at >= p_at
    ), 0) <= v_budget.max_count;
  end if;

  select * into v_window from private.budget_window(v_budget.window_kind, v_budget.window_seconds, p_at);
  select
    coalesce(sum(used.amount), 0) + p_amount,
    coalesce(sum(used.amount) filter (where used.user_id = p_user_id), 0) + p_amount
  into v_all, v_own
  from (
    select take.user_id, take.amount from private.budget_takes as take
    where take.budget = p_budget and take.scope_key = split_part(p_key, ' ', 2)
      and take.taken_at >= v_window.starts_at and take.taken_at < v_window.ends_at
    union all
    select job.user_id, 1 from private.publish_jobs as job
    where job.reserved_key = p_key and job.reserved_at >= v_window.starts_at and job.reserved_at < v_window.ends_at
  ) as used;
  if v_all > v_budget.max_count then
    return false;
  elsif not v_budget.is_shared_fairly or p_user_id is null or v_all <= v_budget.max_count / 2 then
    return true;
  end if;
  select count(distinct account.user_id) into v_users
  from public.oauth_connections as account
  where account.platform = split_part(p_budget, '.', 1) and account.status <> 'disconnected';
  return v_own <= greatest(1, v_budget.max_count / greatest(1, v_users));
end;
$$;

-- The first time after p_at with room for one more; null when there is none within 60 days.
create function private.find_room(p_budget text, p_key text, p_user_id uuid, p_at timestamptz) returns timestamptz
language sql
stable
set search_path = ''
as $$
  select candidate.at
  from (
    select time.starts_at as at
    from private.provider_budgets as budget
    cross join generate_series(1, 60) as ahead
    cross join lateral private.budget_window(
      budget.window_kind, budget.window_seconds,
      -- Noon: a day may have 23 or 25 hours.
      date_trunc('day', p_at at time zone 'America/Los_Angeles') at time zone 'America/Los_Angeles'
        + make_interval(days => ahead, hours => 12)
    ) as time
    where budget.budget = p_budget and budget.window_kind = 'pacific_day'
    union all
    select event.at + make_interval(secs => budget.window_seconds + 1)
    from private.provider_budgets as budget
    cross join lateral (
      select job.reserved_at as at from private.publish_jobs as job where job.reserved_key = p_key
      union all
      select take.taken_at from private.budget_takes as take
      where take.budget = p_budget and take.scope_key = split_part(p_key, ' ', 2)
    ) as event
    where budget.budget = p_budget and budget.window_kind = 'rolling'
  ) as candidate
  where candidate.at > p_at and private.has_room(p_budget, p_key, p_user_id, candidate.at, 1)
  order by candidate.at
  limit 1;
$$;

-- Gives targets the places they need at their times now. Raises day_is_full, with {platform, next_free_at} as hint,
-- when there is none; then nothing of the caller's transaction stays.
create function private.reserve_places(p_target_ids uuid[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_place record;
  v_next_free_at timestamptz;
  v_next_day timestamptz;
begin
  for v_place in
    select
      job.target_id, job.user_id, target.platform, target.time_zone, job.due_at, budget.budget, budget.window_kind,
      video.size_bytes, private.budget_key(budget.budget, budget.scope, account.account_id) as key,
      -- A day's limit counts when work begins, a rolling one when the post goes out.
      case budget.window_kind when 'pacific_day' then coalesce(job.work_at, job.due_at) else job.due_at end as at
    from private.publish_jobs as job
    join public.publishing_queue as target on target.id = job.target_id
    join private.provider_budgets as budget
      on budget.is_reserved and split_part(budget.budget, '.', 1) = target.platform
    join public.oauth_connections as account on account.user_id = target.user_id and account.id = target.connection_id
    join public.published_videos as post on post.id = target.published_video_id
    left join public.product_videos as video on video.id = post.video_id
    where job.target_id = any (p_target_ids)
      -- Later, its place is taken already.
      and (job.step = 'prepare' or job.reserved_key is not null)
      and target.status <> 'failed'
    order by key, at, job.target_id
  loop
    -- Said once more without a new time, it has its place.
    continue when exists (
      select from private.publish_jobs as job
      where job.target_id = v_place.target_id and job.reserved_key = v_place.key and job.reserved_at = v_place.at
    );
    perform pg_advisory_xact_lock(hashtextextended(v_place.key, 20261121));
    update private.publish_jobs as job
    set reserved_key = null, reserved_at = null
    where job.target_id = v_place.target_id;
    if not private.has_room(v_place.budget, v_place.key, v_place.user_id, v_place.at, 1) then
      v_next_free_at := private.find_room(v_place.budget, v_place.key, v_place.user_id, v_place.at);
      if v_place.window_kind = 'pacific_day' then
        -- So long after its work may begin.
        v_next_day := v_next_free_at + interval '1 day';
        v_next_free_at := v_next_free_at
          + (v_next_day - private.publish_work_at(v_next_day, v_place.platform, v_place.size_bytes));
      end if;
      -- A whole second later: clients round.
      v_next_free_at := date_trunc('second', v_next_free_at) + interval '1 second';
      raise sqlstate 'PT422' using
        message = private.platform_title(v_place.platform) || ' takes no more posts on that day. '
          || coalesce(
            'The next one with room is '
              || to_char(v_next_free_at at time zone coalesce(v_place.time_zone, 'UTC'), 'FMDD FMMonth YYYY') || '.',
            'Choose a later one.'
          ),
        detail = 'day_is_full',
        hint = jsonb_build_object('platform', v_place.platform, 'next_free_at', v_next_free_at)::text;
    end if;
    update private.publish_jobs as job
    set reserved_key = v_place.key, reserved_at = v_place.at
    where job.target_id = v_place.target_id;
  end loop;
end;
$$;

comment on function private.budget_key is 'A budget with what it is counted by: the app, or the platform''s account.';
comment on function private.has_room is 'Whether p_amount more fit into a budget at a time.';
comment on function private.find_room is 'The first time after p_at with room in a budget.';
comment on function private.reserve_places is 'Reserves what targets need of their days. Raises day_is_full.';

revoke execute on function
  private.budget_key(text, text, text), private.has_room(text, text, uuid, timestamptz, integer),
  private.find_room(text, text, uuid, timestamptz), private.reserve_places(uuid[])
  from public, anon, authenticated, service_role;
grant execute on function
  private.budget_key(text, text, text), private.has_room(text, text, uuid, timestamptz, integer),
  private.find_room(text, text, uuid, timestamptz), private.reserve_places(uuid[])
  to service_role;
