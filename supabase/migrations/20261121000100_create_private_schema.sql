-- Schema `private`: what the Data API never exposes (settings, rate limits, engine functions).
-- From here on every table and function is unreachable until its own migration grants it, on every host.

create schema private;

comment on schema private is
  'Engine internals. Not exposed by the Data API; reached only through invoker functions in public.';

revoke all on schema private from public;
grant usage on schema private to service_role;

-- Older hosted projects grant new objects in public to the API roles. Functions are executable by everyone unless
-- that is taken away for the whole database (a revoke limited to one schema does nothing).
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges revoke execute on functions from public;

create table private.settings (
  key text primary key,
  value jsonb not null,
  description text not null,
  updated_at timestamptz not null default now(),
  constraint key_is_dotted_lowercase check (key ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$')
);

-- Unlogged: after a crash the counters start again, which only forgives.
create unlogged table private.rate_limits (
  subject text not null,
  route text not null,
  window_started_at timestamptz not null default now(),
  taken_count integer not null default 1,
  primary key (subject, route),
  constraint taken_count_is_positive check (taken_count > 0),
  constraint subject_is_short check (char_length(subject) between 1 and 200),
  constraint route_is_short check (char_length(route) between 1 and 200)
);

create index rate_limits_window_started_at_idx on private.rate_limits (window_started_at);

comment on table private.settings is 'Delays, leads and thresholds; one row per value, edited by the operator.';
comment on table private.rate_limits is 'One counter per caller and route in a fixed window.';
comment on column private.rate_limits.subject is 'User id, or the address of a caller that has none.';

revoke all on private.settings, private.rate_limits from public, anon, authenticated, service_role;
grant select on private.settings to service_role;
grant select, insert, update, delete on private.rate_limits to service_role;

create function private.set_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end;
$$;

comment on function private.set_updated_at() is 'Before-update trigger of every table with updated_at.';

-- Ids that grow with time, so that descending id is newest first and a keyset page needs no second column.
-- Layout of RFC 9562 version 7: 48 bits of Unix milliseconds, then random bits.
create function private.uuid_v7() returns uuid
language sql
volatile
set search_path = ''
as $$
  select (
    lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7'
    || substr(random_part.hex, 14)
  )::uuid
  from (select replace(gen_random_uuid()::text, '-', '') as hex) as random_part;
$$;

comment on function private.uuid_v7() is 'A time-ordered UUID; default of ids that lists are ordered by.';

revoke execute on function private.set_updated_at(), private.uuid_v7() from public, anon, authenticated, service_role;
grant execute on function private.uuid_v7() to service_role;

create function public.take_rate_limit(
  p_subject text,
  p_route text,
  p_limit integer,
  p_window_seconds integer
) returns integer
language sql
volatile
set search_path = ''
as $$
  insert into private.rate_limits as r (subject, route)
  values (p_subject, p_route)
  on conflict (subject, route) do update set
    window_started_at = case
      when r.window_started_at <= now() - make_interval(secs => p_window_seconds) then now()
      else r.window_started_at
    end,
    taken_count = case
      when r.window_started_at <= now() - make_interval(secs => p_window_seconds) then 1
      else least(r.taken_count, p_limit) + 1
    end
  returning case
    when taken_count <= p_limit then 0
    else greatest(
      1,
      ceil(extract(epoch from window_started_at + make_interval(secs => p_window_seconds) - now()))::integer
    )
  end;
$$;

comment on function public.take_rate_limit(text, text, integer, integer) is
  'Takes one call of p_subject on p_route. Returns 0 when it is allowed, else the seconds to wait (Retry-After).';

create function private.prune_rate_limits() returns integer
language sql
volatile
set search_path = ''
as $$
  with gone as (
    delete from private.rate_limits where window_started_at < now() - interval '1 day' returning 1
  )
  select count(*)::integer from gone;
$$;

comment on function private.prune_rate_limits() is
  'Removes counters older than a day; returns how many. Called by cron.';

revoke execute on function public.take_rate_limit(text, text, integer, integer), private.prune_rate_limits()
  from public, anon, authenticated, service_role;
grant execute on function public.take_rate_limit(text, text, integer, integer) to service_role;

create trigger settings_set_updated_at before update on private.settings
  for each row execute function private.set_updated_at();
