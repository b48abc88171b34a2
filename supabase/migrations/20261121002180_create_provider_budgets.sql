-- Our own share of the platforms' limits, taken before the call that counts, so that our rate never earns a refusal.
-- Limits are rows an operator edits; where a platform tells its limit, the lower one counts.

create table private.provider_budgets (
  budget text primary key,
  scope text not null,
  max_count integer not null,
  window_kind text not null,
  window_seconds integer not null default 86400,
  is_shared_fairly boolean not null default false,
  is_reserved boolean not null default false,
  description text not null,
  constraint budget_scope_is_known check (scope in ('app', 'account')),
  constraint budget_window_is_known check (window_kind in ('rolling', 'pacific_day')),
  constraint budget_is_positive check (max_count > 0 and window_seconds > 0)
);

create table private.budget_takes (
  id bigint generated always as identity primary key,
  budget text not null references private.provider_budgets (budget) on delete cascade,
  scope_key text not null,
  user_id uuid references auth.users (id) on delete set null,
  amount integer not null,
  taken_at timestamptz not null default clock_timestamp(),
  constraint taken_amount_is_positive check (amount > 0)
);

create index budget_takes_window_idx on private.budget_takes (budget, scope_key, taken_at);
create index budget_takes_user_id_idx on private.budget_takes (user_id);

insert into private.provider_budgets
  (budget, scope, max_count, window_kind, window_seconds, is_shared_fairly, is_reserved, description)
values
  ('youtube.inserts', 'app', 100, 'pacific_day', 86400, true, true,
    'videos.insert of the project per day (YouTube Data API, quota; resets at midnight Pacific).'),
  ('youtube.units', 'app', 10000, 'pacific_day', 86400, false, false, 'All other calls of the project, in units per day.'),
  ('instagram.publishes', 'account', 50, 'rolling', 86400, false, true,
    'media_publish per account and 24 hours; the account''s own quota_total counts when it is lower.'),
  ('instagram.containers', 'account', 400, 'rolling', 86400, false, false, 'Containers per account and 24 hours.');

comment on table private.provider_budgets is 'What we allow ourselves of each platform''s limits.';
comment on column private.provider_budgets.window_kind is
  'rolling: the last window_seconds; pacific_day: from midnight to midnight in Los Angeles.';
comment on column private.provider_budgets.is_shared_fairly is
  'Nobody takes more than an equal part while others have posts due in the same window.';
comment on column private.provider_budgets.is_reserved is
  'A post takes a place of its day when it is scheduled; at most one such budget for a platform.';
comment on table private.budget_takes is 'What was taken of the budgets, kept for two days.';
comment on column private.budget_takes.user_id is 'Null once the account is gone: what it took stays taken.';
comment on column private.budget_takes.scope_key is 'app, or the platform''s id of the account.';

revoke all on private.provider_budgets, private.budget_takes from public, anon, authenticated, service_role;
grant select on private.provider_budgets to service_role;
grant select, insert, delete on private.budget_takes to service_role;

-- Begin and end of the window that p_now lies in. A day in Los Angeles may have 23 or 25 hours.
create function private.budget_window(p_kind text, p_seconds integer, p_now timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    case p_kind
      when 'rolling' then p_now - make_interval(secs => p_seconds)
      else date_trunc('day', p_now at time zone 'America/Los_Angeles') at time zone 'America/Los_Angeles'
    end,
    case p_kind
      when 'rolling' then p_now + make_interval(secs => p_seconds)
      else (date_trunc('day', p_now at time zone 'America/Los_Angeles') + interval '1 day')
        at time zone 'America/Los_Angeles'
    end;
$$;

comment on function private.budget_window is 'Begin and end of the window that counts now.';

revoke execute on function private.budget_window(text, integer, timestamptz)
  from public, anon, authenticated, service_role;
grant execute on function private.budget_window(text, integer, timestamptz) to service_role;
