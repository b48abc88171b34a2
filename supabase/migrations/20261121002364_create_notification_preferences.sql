-- Where a user wants to be told what: one row for each group of kinds. The rows come with the account; a group that is
-- added later starts for everybody by the default of its migration.

create table public.notification_preferences (
  user_id uuid not null references auth.users (id) on delete cascade,
  kind_group text not null,
  in_app boolean not null default true,
  by_mail boolean not null default true,
  updated_at timestamptz not null default now(),
  primary key (user_id, kind_group),
  constraint kind_group_is_known check (kind_group in ('published', 'problems', 'accounts', 'readiness', 'other'))
);

comment on table public.notification_preferences is
  'Where a user is told what. A user changes both switches of their own rows; the rows come with the account.';
comment on column public.notification_preferences.kind_group is 'See private.notification_kind_group.';
comment on column public.notification_preferences.by_mail is 'Mails also need an address and a mail service.';

revoke all on public.notification_preferences from public, anon, authenticated, service_role;
grant select on public.notification_preferences to authenticated;
grant update (in_app, by_mail) on public.notification_preferences to authenticated;
grant select, insert, update, delete on public.notification_preferences to service_role;

alter table public.notification_preferences enable row level security;

create policy "Users read their own notification preferences" on public.notification_preferences
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users change their own notification preferences" on public.notification_preferences
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

-- What needs its user, and what they asked for, comes by mail as well; the rest waits in the app.
create function private.add_notification_preferences(p_user_ids uuid[]) returns void
language sql
set search_path = ''
as $$
  insert into public.notification_preferences (user_id, kind_group, by_mail)
  select account.id, preset.kind_group, preset.by_mail
  from unnest(p_user_ids) as account (id)
  cross join (
    values ('published', true), ('problems', true), ('accounts', true), ('readiness', true), ('other', false)
  ) as preset (kind_group, by_mail)
  on conflict (user_id, kind_group) do nothing;
$$;

-- Runs as its owner: it fires inside the auth server's insert, whose role has no rights on our tables.
create function private.create_notification_preferences() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.add_notification_preferences(array[new.id]);
  return null;
end;
$$;

-- Runs as its owner: who writes a notice need not be able to read what its user wants.
create function private.apply_notification_preference() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  new.is_in_app := coalesce(
    (
      select preference.in_app from public.notification_preferences as preference
      where preference.user_id = new.user_id and preference.kind_group = private.notification_kind_group(new.kind)
    ),
    true
  );
  return new;
end;
$$;

comment on function private.add_notification_preferences is 'Gives accounts the preferences they do not have yet.';
comment on function private.create_notification_preferences() is
  'Trigger of auth.users: a new account gets its preferences.';
comment on function private.apply_notification_preference() is 'Trigger of notifications: shown in the app or not.';

revoke execute on function
  private.add_notification_preferences(uuid[]), private.create_notification_preferences(),
  private.apply_notification_preference()
  from public, anon, authenticated, service_role;

create trigger notification_preferences_set_updated_at before update on public.notification_preferences
  for each row execute function private.set_updated_at();
create trigger cliprelay_create_notification_preferences after insert on auth.users
  for each row execute function private.create_notification_preferences();
create trigger notifications_apply_preference before insert on public.notifications
  for each row execute function private.apply_notification_preference();

select private.add_notification_preferences(array(select account.id from auth.users as account));
