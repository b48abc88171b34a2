-- One profile per account: zone, language and how tasks are made. Written by the web app's settings page.

create table public.profiles (
  user_id uuid primary key default auth.uid() references auth.users (id) on delete cascade,
  display_name text,
  time_zone text not null default 'UTC',
  locale text not null default 'en',
  enabled_marketplaces text[] not null default '{US}',
  auto_queue_tasks boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint display_name_is_short check (char_length(display_name) between 1 and 100),
  constraint time_zone_looks_like_an_iana_name check (
    char_length(time_zone) <= 64 and time_zone ~ '^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$'
  ),
  constraint locale_looks_like_a_language_tag check (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  constraint enabled_marketplaces_are_known check (
    enabled_marketplaces <@ array['US', 'CA', 'UK', 'DE'] and cardinality(enabled_marketplaces) between 1 and 4
  )
);

comment on table public.profiles is 'Preferences of an account; made by a trigger when the account is made.';
comment on column public.profiles.enabled_marketplaces is 'Marketplaces a new product starts with.';
comment on column public.profiles.auto_queue_tasks is
  'True: a complete video on a product makes its tasks at once. False: only "Queue for Amazon" does.';

revoke all on public.profiles from public, anon, authenticated, service_role;
grant select on public.profiles to authenticated;
grant update (display_name, time_zone, locale, enabled_marketplaces, auto_queue_tasks)
  on public.profiles to authenticated;
grant select, insert, update, delete on public.profiles to service_role;

alter table public.profiles enable row level security;

create policy "Users read their own profile" on public.profiles
  for select to authenticated using ((select auth.uid()) = user_id);

create policy "Users change their own profile" on public.profiles
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

create function private.refuse_unknown_time_zone() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform now() at time zone new.time_zone;
  return new;
exception when invalid_parameter_value then
  raise sqlstate 'PT422' using
    message = 'This time zone is not known. Use a name such as Europe/Berlin.',
    detail = 'unknown_time_zone';
end;
$$;

comment on function private.refuse_unknown_time_zone() is 'Trigger of profiles: the zone must be one Postgres knows.';

-- Runs as its owner: it fires inside the auth server's insert, whose role has no rights on our tables.
create function private.create_profile() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (user_id, display_name)
  values (new.id, left(nullif(trim(new.raw_user_meta_data ->> 'display_name'), ''), 100))
  on conflict (user_id) do nothing;
  return null;
end;
$$;

comment on function private.create_profile() is 'Trigger of auth.users: a new account gets its profile.';

revoke execute on function private.refuse_unknown_time_zone(), private.create_profile()
  from public, anon, authenticated, service_role;

create trigger profiles_refuse_unknown_time_zone before insert or update of time_zone on public.profiles
  for each row execute function private.refuse_unknown_time_zone();

create trigger profiles_set_updated_at before update on public.profiles
  for each row execute function private.set_updated_at();

create trigger cliprelay_create_profile after insert on auth.users
  for each row execute function private.create_profile();
