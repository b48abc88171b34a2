-- Amazon upload tasks: "put this video on that ASIN in that marketplace". A parent task stands for the product
-- itself (asin = search_asin); a correlated task (asin <> search_asin) inherits from the parents of its search_asin.
-- There is no third level, so there are no cycles. Rows are made by triggers; users change status, title and video.

create table public.influencer_tasks (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  product_id uuid,
  marketplace text not null,
  asin text not null,
  search_asin text not null,
  title text,
  image_url text,
  video_id uuid,
  video_is_inherited boolean not null default false,
  inherited_from_task_id uuid,
  inherited_from_product_id uuid,
  inheritance_version integer not null default 0,
  thumbnail_path text,
  thumbnail_is_inherited boolean not null default false,
  status text not null default 'pending',
  former_video_id uuid,
  own_video_id uuid generated always as (
    case when not video_is_inherited then coalesce(video_id, former_video_id) end
  ) stored,
  video_changed_at timestamptz,
  completed_at timestamptz,
  lease_holder text,
  lease_token uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint task_belongs_to_its_user unique (user_id, id),
  constraint task_is_one_per_asin_and_own_video
    unique nulls not distinct (user_id, marketplace, asin, search_asin, own_video_id),
  constraint task_product_is_its_users foreign key (user_id, product_id)
    references public.sourced_products (user_id, id) on delete set null (product_id),
  constraint task_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete set null (video_id),
  constraint task_source_task_is_its_users foreign key (user_id, inherited_from_task_id)
    references public.influencer_tasks (user_id, id) on delete set null (inherited_from_task_id),
  constraint task_source_product_is_its_users foreign key (user_id, inherited_from_product_id)
    references public.sourced_products (user_id, id) on delete set null (inherited_from_product_id),
  constraint task_asins_have_ten_letters_or_digits check (
    asin ~ '^[A-Z0-9]{10}$' and search_asin ~ '^[A-Z0-9]{10}$'
  ),
  constraint task_marketplace_is_known check (marketplace in ('US', 'CA', 'UK', 'DE')),
  constraint task_status_is_known check (status in ('pending', 'completed', 'skipped')),
  constraint parent_task_inherits_nothing check (
    asin <> search_asin
    or (not video_is_inherited and not thumbnail_is_inherited and inherited_from_task_id is null
      and inherited_from_product_id is null)
  ),
  constraint task_inherits_from_another_task check (inherited_from_task_id <> id),
  constraint completed_at_is_set_while_completed check ((status = 'completed') = (completed_at is not null)),
  constraint task_lease_has_an_end check (lease_token is null or lease_until is not null),
  constraint task_title_is_short check (char_length(title) <= 500),
  constraint thumbnail_path_starts_with_the_user_id check (
    starts_with(thumbnail_path, user_id::text || '/') and char_length(thumbnail_path) <= 300
  )
);

-- Pages of a list, newest video first, with and without a status; the second also serves the foreign key.
create index influencer_tasks_status_video_idx
  on public.influencer_tasks (user_id, status, video_id desc nulls last, id desc) include (marketplace);
create index influencer_tasks_video_idx
  on public.influencer_tasks (user_id, video_id desc nulls last, id desc);
create index influencer_tasks_product_idx
  on public.influencer_tasks (user_id, product_id, video_id desc nulls last, id desc);
-- Inheritance: the parents and the correlated tasks of a search_asin.
create index influencer_tasks_search_asin_idx on public.influencer_tasks (user_id, search_asin, asin);
create index influencer_tasks_source_task_idx on public.influencer_tasks (user_id, inherited_from_task_id);
create index influencer_tasks_source_product_idx on public.influencer_tasks (user_id, inherited_from_product_id);

comment on table public.influencer_tasks is
  'One upload to do (or done) on Amazon: a video on an ASIN in a marketplace.';
comment on column public.influencer_tasks.id is 'Grows with time: descending id is newest first.';
comment on column public.influencer_tasks.search_asin is
  'ASIN of the product the task comes from; its own for a parent.';
comment on column public.influencer_tasks.product_id is 'Product the task comes from; null once it is deleted.';
comment on column public.influencer_tasks.video_is_inherited is
  'True: the video follows the parent. False with a video: the task''s own, never overwritten. Set by triggers.';
comment on column public.influencer_tasks.inheritance_version is
  'Raised by inheritance with every write. A changed video with an unchanged version was set directly.';
comment on column public.influencer_tasks.former_video_id is
  'Own video the task had before it was unset or deleted (so no foreign key): two such tasks stay two tasks.';
comment on column public.influencer_tasks.own_video_id is
  'Part of the identity of a task; null while it inherits or waits.';
comment on column public.influencer_tasks.video_changed_at is
  'Set when the parent''s video changed while the task was leased; cleared when the task follows.';
comment on column public.influencer_tasks.lease_holder is 'Device that works on the task until lease_until.';
comment on column public.influencer_tasks.thumbnail_path is
  'Object in bucket generated-thumbnails; never a signed URL.';

revoke all on public.influencer_tasks from public, anon, authenticated, service_role;
grant select on public.influencer_tasks to authenticated;
grant update (status, title, video_id) on public.influencer_tasks to authenticated;
grant select, insert, update, delete on public.influencer_tasks to service_role;

alter table public.influencer_tasks enable row level security;

create policy "Users read their own tasks" on public.influencer_tasks
  for select to authenticated using ((select auth.uid()) = user_id);

create policy "Users work on their own tasks" on public.influencer_tasks
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

-- Inheritance stamps updated_at itself, so its bulk updates skip this call.
create trigger influencer_tasks_set_updated_at before update on public.influencer_tasks
  for each row when (new.inheritance_version = old.inheritance_version)
  execute function private.set_updated_at();
