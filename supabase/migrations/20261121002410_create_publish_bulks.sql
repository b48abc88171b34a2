-- Bulk publishing: one action over many videos. A bulk has an item for each video; making an item creates its post by
-- the same rules as any other. Written by the `publish` function alone (service_role functions of the next files); a
-- user reads their own rows.

create table public.publish_bulks (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  caption text not null default '',
  hashtags text[] not null default '{}',
  targets jsonb not null,
  spread jsonb not null,
  total integer not null,
  made_at timestamptz,
  canceled_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint bulk_belongs_to_its_user unique (user_id, id),
  constraint bulk_caption_is_short check (char_length(caption) <= 5000),
  constraint bulk_hashtags_are_few check (cardinality(hashtags) <= 30),
  constraint bulk_targets_are_a_list check (
    jsonb_typeof(targets) = 'array' and octet_length(targets::text) <= 262144
  ),
  constraint bulk_spread_is_known check (spread ->> 'kind' in ('now', 'slots', 'every')),
  constraint bulk_has_videos check (total between 1 and 200)
);

create index publish_bulks_newest_idx on public.publish_bulks (user_id, id desc);

-- The user comes with the bulk.
create table public.publish_bulk_items (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null,
  bulk_id uuid not null,
  position integer not null,
  video_id uuid,
  published_video_id uuid,
  status text not null default 'waiting',
  allow_duplicate boolean not null default false,
  note text,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint bulk_item_is_once_at_its_place unique (bulk_id, position),
  constraint bulk_item_has_its_own_post unique (user_id, published_video_id),
  constraint bulk_item_bulk_is_its_users foreign key (user_id, bulk_id)
    references public.publish_bulks (user_id, id) on delete cascade,
  constraint bulk_item_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete set null (video_id),
  constraint bulk_item_post_is_its_users foreign key (user_id, published_video_id)
    references public.published_videos (user_id, id) on delete set null (published_video_id),
  constraint bulk_item_status_is_known check (status in ('waiting', 'made', 'failed', 'canceled')),
  constraint bulk_item_failed_for_a_reason check ((status = 'failed') = (error_code is not null)),
  constraint bulk_item_message_is_short check (char_length(error_message) <= 2000)
);

create index publish_bulk_items_bulk_idx on public.publish_bulk_items (user_id, bulk_id, position);
create index publish_bulk_items_video_idx on public.publish_bulk_items (user_id, video_id);

-- What is next to do for a bulk: its posts are made, then they are watched until nothing moves any more.
create table private.publish_bulk_work (
  bulk_id uuid primary key references public.publish_bulks (id) on delete cascade,
  user_id uuid not null,
  step text not null default 'make',
  work_at timestamptz not null default now(),
  lease_token uuid,
  lease_until timestamptz,
  lost_leases smallint not null default 0,
  constraint bulk_step_is_known check (step in ('make', 'watch')),
  constraint bulk_lease_has_its_end check ((lease_token is null) = (lease_until is null))
);

create index publish_bulk_work_due_idx on private.publish_bulk_work (step, work_at);

comment on table public.publish_bulks is 'One action that posts many videos.';
comment on column public.publish_bulks.caption is 'With placeholders such as {title}, filled in for each video.';
comment on column public.publish_bulks.targets is
  'Where every video goes: [{platform, connection_id, caption, hashtags, options}]; their texts have placeholders too.';
comment on column public.publish_bulks.spread is
  '{kind: now} | {kind: slots, starting_at} | {kind: every, minutes, starting_at, time_zone}.';
comment on column public.publish_bulks.made_at is 'When every video had its post, or the reason why it has none.';
comment on column public.publish_bulks.finished_at is 'When nothing of it moved any more, and its user was told.';
comment on table public.publish_bulk_items is 'A video of a bulk, in order, and its post.';
comment on column public.publish_bulk_items.note is 'day_is_full: moved to the next day or slot with room.';
comment on table private.publish_bulk_work is 'What is next to do for a bulk. Gone once it is finished.';
comment on column private.publish_bulk_work.user_id is 'The bulk''s; goes with it.';
comment on column private.publish_bulk_work.lease_token is 'Whose writes count. Null while nobody works on it.';
comment on column private.publish_bulk_work.lost_leases is 'Leases that ended without a word, or in trouble of ours, since the last item.';

revoke all on public.publish_bulks, public.publish_bulk_items, private.publish_bulk_work
  from public, anon, authenticated, service_role;
grant select on public.publish_bulks, public.publish_bulk_items to authenticated;
grant select, insert, update, delete
  on public.publish_bulks, public.publish_bulk_items, private.publish_bulk_work to service_role;

alter table public.publish_bulks enable row level security;
alter table public.publish_bulk_items enable row level security;

create policy "Users see their own bulks" on public.publish_bulks
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users see their own bulk items" on public.publish_bulk_items
  for select to authenticated using ((select auth.uid()) = user_id);

create trigger publish_bulks_set_updated_at before update on public.publish_bulks
  for each row execute function private.set_updated_at();
create trigger publish_bulk_items_set_updated_at before update on public.publish_bulk_items
  for each row execute function private.set_updated_at();

-- Runs as its owner because it reads Vault. A poke is a hint and may be lost.
create function private.poke_bulk_worker() returns void
language sql
security definer
set search_path = ''
as $$
  select private.call_function('publish/internal/make-bulks');
$$;

create function public.poke_bulk_worker() returns void
language sql
set search_path = ''
as $$
  select private.poke_bulk_worker();
$$;

comment on function private.poke_bulk_worker is 'Pokes the worker that makes the posts of bulks.';
comment on function public.poke_bulk_worker is 'As private.poke_bulk_worker, for the function that has made a bulk.';

revoke execute on function private.poke_bulk_worker(), public.poke_bulk_worker()
  from public, anon, authenticated, service_role;
grant execute on function private.poke_bulk_worker(), public.poke_bulk_worker() to service_role;
