-- What a user is told in the app, and the record of what happened on their account. Written by functions.

create table public.notifications (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null,
  title text not null,
  body text,
  link_path text,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  constraint notification_kind_is_dotted_lowercase check (kind ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$'),
  constraint notification_texts_are_short check (char_length(title) between 1 and 200 and char_length(body) <= 2000),
  constraint notification_link_is_a_path_of_the_app check (link_path ~ '^/[^/]' or link_path = '/')
);

create table public.activity_events (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null,
  subject_table text,
  subject_id uuid,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint activity_kind_is_dotted_lowercase check (kind ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$'),
  constraint activity_details_are_a_small_object check (
    jsonb_typeof(details) = 'object' and octet_length(details::text) <= 8192
  )
);

create index notifications_newest_idx on public.notifications (user_id, id desc);
create index notifications_unread_idx on public.notifications (user_id, id desc) where read_at is null;
create index activity_events_newest_idx on public.activity_events (user_id, id desc);
create index activity_events_subject_idx on public.activity_events (user_id, subject_id, id desc);

comment on table public.notifications is 'In-app notices; a user reads, marks as read and removes their own.';
comment on column public.notifications.link_path is 'Where in the web app the notice leads.';
comment on table public.activity_events is 'What happened on an account; read-only for its user.';
comment on column public.activity_events.subject_id is
  'Row of subject_table; no foreign key, so it outlives the row.';

revoke all on public.notifications, public.activity_events from public, anon, authenticated, service_role;
grant select, delete on public.notifications to authenticated;
grant update (read_at) on public.notifications to authenticated;
grant select on public.activity_events to authenticated;
grant select, insert, update, delete on public.notifications, public.activity_events to service_role;

alter table public.notifications enable row level security;

create policy "Users read their own notifications" on public.notifications
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users mark their own notifications as read" on public.notifications
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users remove their own notifications" on public.notifications
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.activity_events enable row level security;

create policy "Users read their own activity" on public.activity_events
  for select to authenticated using ((select auth.uid()) = user_id);
