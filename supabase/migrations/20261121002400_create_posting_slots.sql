-- Posting slots: the times of a week at which somebody likes to post. Read and written straight from the web app under
-- RLS; times are what clocks of the profile's zone show. Bulk publishing fills them, see private.next_slots.

create table public.posting_slots (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  weekday smallint not null,
  local_time time not null,
  platforms text[],
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint slot_is_once_a_week unique (user_id, weekday, local_time),
  constraint slot_weekday_is_an_iso_day check (weekday between 1 and 7),
  constraint slot_time_is_a_whole_minute check (
    extract(second from local_time) = 0 and local_time < time '24:00'
  ),
  constraint slot_platforms_are_known check (
    platforms <@ array['tiktok', 'instagram', 'youtube', 'facebook'] and cardinality(platforms) between 1 and 4
    and array_ndims(platforms) = 1
  )
);

comment on table public.posting_slots is 'Times of a week at which a user posts, as clocks of their profile''s zone show.';
comment on column public.posting_slots.weekday is '1 is Monday, 7 Sunday.';
comment on column public.posting_slots.platforms is 'Null: every platform.';

revoke all on public.posting_slots from public, anon, authenticated, service_role;
grant select, delete on public.posting_slots to authenticated;
grant insert (user_id, weekday, local_time, platforms) on public.posting_slots to authenticated;
grant update (weekday, local_time, platforms) on public.posting_slots to authenticated;
grant select, insert, update, delete on public.posting_slots to service_role;

alter table public.posting_slots enable row level security;

create policy "Users read their own slots" on public.posting_slots
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own slots" on public.posting_slots
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own slots" on public.posting_slots
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users remove their own slots" on public.posting_slots
  for delete to authenticated using ((select auth.uid()) = user_id);

-- Trigger of tables whose rows users add; its argument is how many one user may have. Runs as its owner: it takes the
-- account's lock, so that two requests at once do not both add the last one. Triggers fire before row level security
-- refuses somebody else's row: nobody locks, or learns how full, a list that is not theirs.
create function private.limit_own_rows() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  if new.user_id <> (select auth.uid()) then
    return new;
  end if;
  perform private.lock_accounts(array[new.user_id]);
  execute format('select count(*) from %I.%I as own where own.user_id = $1', tg_table_schema, tg_table_name)
  into v_count using new.user_id;
  if v_count >= tg_argv[0]::integer then
    raise sqlstate 'PT422' using
      message = format('There can be %s of these at most. Remove one first.', tg_argv[0]),
      detail = 'list_is_full';
  end if;
  return new;
end;
$$;

comment on function private.limit_own_rows() is 'Trigger: how many rows a user may have. Raises list_is_full.';

revoke execute on function private.limit_own_rows() from public, anon, authenticated, service_role;

create trigger posting_slots_limit before insert on public.posting_slots
  for each row execute function private.limit_own_rows('100');
create trigger posting_slots_set_updated_at before update on public.posting_slots
  for each row execute function private.set_updated_at();

-- The instant at which clocks of a zone show a local time, the earlier of two; null in the gap of a change to summer
-- time. The same rule as rules/resolve-time.ts: the offsets of the days around it are the candidates.
create function private.local_instant(
  p_local timestamp,
  p_zone text,
  out at timestamptz,
  out is_ambiguous boolean
)
language sql
stable
set search_path = ''
as $$
  select min(found.at), count(*) > 1
  from (
    select distinct p_local - ((near.at at time zone p_zone) - (near.at at time zone 'UTC')) as utc
    from (
      select (p_local at time zone 'UTC') + make_interval(days => shift) as at
      from unnest(array[-1, 0, 1]) as shift
    ) as near
  ) as candidate
  cross join lateral (select candidate.utc at time zone 'UTC' as at) as found
  where (found.at at time zone p_zone) = p_local;
$$;

comment on function private.local_instant is
  'When clocks of a zone show a local time: the earlier of two instants, null for a time they skip.';

revoke execute on function private.local_instant(timestamp, text) from public, anon, authenticated, service_role;
grant execute on function private.local_instant(timestamp, text) to authenticated, service_role;
