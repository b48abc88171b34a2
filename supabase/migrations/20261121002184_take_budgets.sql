-- Takes budgets at the time of the call that counts. Called by the `publish` function as service_role.

-- What others still need in this window of a shared budget, each at most their equal part.
create function private.budget_reserved_for_others(
  p_budget text,
  p_user_id uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz,
  p_share integer
)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(least(waiting.count, greatest(p_share - coalesce(taken.amount, 0), 0))), 0)::integer
  from (
    select target.user_id, count(*) as count
    from private.publish_jobs as job
    join public.publishing_queue as target on target.id = job.target_id
    where target.platform = split_part(p_budget, '.', 1)
      and job.user_id <> p_user_id
      and job.step = 'prepare'
      and job.work_at is not null
      and job.due_at < p_ends_at
    group by target.user_id
  ) as waiting
  left join (
    select take.user_id, sum(take.amount) as amount
    from private.budget_takes as take
    where take.budget = p_budget and take.taken_at >= p_starts_at
    group by take.user_id
  ) as taken on taken.user_id = waiting.user_id;
$$;

-- Null when taken. Otherwise nothing is taken and the answer says when to come again. p_target_id: who has a place of
-- its own in this window takes that; anybody else leaves the places of others alone.
create function public.take_budget(
  p_budget text,
  p_account_id text,
  p_user_id uuid,
  p_amount integer default 1,
  p_known_max integer default null,
  p_target_id uuid default null
)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
  v_budget private.provider_budgets;
  v_job private.publish_jobs;
  v_scope_key text;
  v_key text;
  v_window record;
  v_max integer;
  v_used integer;
  v_own integer;
  v_users integer;
  v_now timestamptz;
  v_share integer;
begin
  select budget.* into strict v_budget from private.provider_budgets as budget where budget.budget = p_budget;
  v_scope_key := case v_budget.scope when 'app' then 'app' else p_account_id end;
  v_key := private.budget_key(p_budget, v_budget.scope, p_account_id);
  v_max := least(v_budget.max_count, p_known_max);
  if v_budget.is_reserved then
    select job.* into v_job from private.publish_jobs as job where job.target_id = p_target_id for update;
  end if;
  -- One taker of a budget at a time; calls over HTTP come after the commit.
  perform pg_advisory_xact_lock(hashtextextended(v_key, 20261121));
  -- Read after the wait, so that a take that waited over midnight counts in the day it is made.
  v_now := clock_timestamp();
  select * into v_window from private.budget_window(v_budget.window_kind, v_budget.window_seconds, v_now);
  select
    coalesce(sum(take.amount), 0), coalesce(sum(take.amount) filter (where take.user_id = p_user_id), 0)
  into v_used, v_own
  from private.budget_takes as take
  where take.budget = p_budget and take.scope_key = v_scope_key and take.taken_at >= v_window.starts_at;

  if v_used + p_amount > v_max then
    return case v_budget.window_kind
      when 'pacific_day' then v_window.ends_at
      -- Never null, which would mean taken: nothing was taken and still there is no room when the platform allows none.
      else coalesce(
        (
          select min(take.taken_at) + make_interval(secs => v_budget.window_seconds)
          from private.budget_takes as take
          where take.budget = p_budget and take.scope_key = v_scope_key and take.taken_at >= v_window.starts_at
        ),
        v_now + interval '1 hour'
      )
    end;
  end if;
  if v_job.reserved_key = v_key
    and v_job.reserved_at >= v_window.starts_at
    and v_job.reserved_at < v_window.ends_at
  then
    update private.publish_jobs as job
    set reserved_key = null, reserved_at = null
    where job.target_id = p_target_id;
  else
    if v_budget.is_reserved and not private.has_room(p_budget, v_key, null, v_now, p_amount) then
      -- Places come back when posts are moved or canceled.
      return least(v_window.ends_at, v_now + interval '1 hour');
    end if;
    -- While all jobs together fit, nobody can be short. Counts no further than that.
    if v_budget.is_shared_fairly and v_max - v_used - p_amount < (
      select count(*) from (select from private.publish_jobs limit v_max - v_used) as live
    ) then
      select 1 + count(distinct job.user_id) into v_users
      from private.publish_jobs as job
      join public.publishing_queue as target on target.id = job.target_id
      where target.platform = split_part(p_budget, '.', 1)
        and job.user_id <> p_user_id
        and job.step = 'prepare'
        and job.work_at is not null
        and job.due_at < v_window.ends_at;
      v_share := greatest(1, v_max / v_users);
      if v_own + p_amount > v_share and v_used + p_amount + private.budget_reserved_for_others(
        p_budget, p_user_id, v_window.starts_at, v_window.ends_at, v_share
      ) > v_max then
        -- Others may cancel before the window ends.
        return least(v_window.ends_at, v_now + interval '1 hour');
      end if;
    end if;
  end if;
  insert into private.budget_takes (budget, scope_key, user_id, amount, taken_at)
  values (p_budget, v_scope_key, p_user_id, p_amount, v_now);
  return null;
end;
$$;

comment on function private.budget_reserved_for_others is 'How much of a shared budget others still need.';
comment on function public.take_budget is
  'Takes p_amount of a budget: null when taken, else when it frees. p_known_max: the platform''s own word, if lower.';

revoke execute on function
  private.budget_reserved_for_others(text, uuid, timestamptz, timestamptz, integer),
  public.take_budget(text, text, uuid, integer, integer, uuid)
  from public, anon, authenticated, service_role;
grant execute on function
  private.budget_reserved_for_others(text, uuid, timestamptz, timestamptz, integer),
  public.take_budget(text, text, uuid, integer, integer, uuid)
  to service_role;
