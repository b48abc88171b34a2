-- Videos of a user, stored in their own OneDrive. Rows are made by the functions (service_role) after the file was
-- verified; a user links, renames and chooses the primary one. Deleting goes through the `videos` function, which
-- removes the file as well.

create table public.product_videos (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  product_id uuid,
  connection_id uuid,
  filename text not null,
  onedrive_drive_id text,
  onedrive_item_id text,
  onedrive_path text,
  size_bytes bigint not null,
  mime_type text not null,
  duration_ms bigint,
  width integer,
  height integer,
  quickxor_hash text,
  poster_path text,
  upload_status text not null default 'pending',
  is_primary boolean not null default false,
  source text not null default 'upload',
  inherited_from_product_id uuid,
  unreachable_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint video_belongs_to_its_user unique (user_id, id),
  constraint video_product_is_its_users foreign key (user_id, product_id)
    references public.sourced_products (user_id, id) on delete set null (product_id),
  constraint video_source_product_is_its_users foreign key (user_id, inherited_from_product_id)
    references public.sourced_products (user_id, id) on delete set null (inherited_from_product_id),
  constraint video_connection_is_its_users foreign key (user_id, connection_id)
    references public.user_onedrive_connections (user_id, id) on delete set null (connection_id),
  constraint onedrive_file_is_one_video_of_a_user unique (user_id, onedrive_drive_id, onedrive_item_id),
  -- Checked at commit: a statement may move the mark from one video to another in any order.
  constraint product_has_one_primary_video exclude using btree (user_id with =, product_id with =)
    where (is_primary) deferrable initially deferred,
  constraint primary_video_has_a_product check (not is_primary or product_id is not null),
  constraint onedrive_file_has_drive_and_item check ((onedrive_drive_id is null) = (onedrive_item_id is null)),
  constraint video_filename_is_short_and_not_blank check (char_length(trim(filename)) between 1 and 255),
  constraint video_size_is_not_negative check (size_bytes >= 0),
  constraint video_duration_is_not_negative check (duration_ms >= 0),
  constraint video_measures_are_positive check (width > 0 and height > 0),
  constraint video_mime_type_is_short check (char_length(mime_type) between 1 and 127),
  constraint video_quickxor_is_base64_of_20_bytes check (quickxor_hash ~ '^[A-Za-z0-9+/]{27}=$'),
  constraint poster_path_starts_with_the_user_id check (
    starts_with(poster_path, user_id::text || '/') and char_length(poster_path) <= 300
  ),
  constraint video_upload_status_is_known check (upload_status in ('pending', 'uploading', 'complete', 'failed')),
  constraint video_source_is_known check (source in ('upload', 'onedrive', 'generated'))
);

create index product_videos_newest_idx on public.product_videos (user_id, id desc);
create index product_videos_product_idx on public.product_videos (user_id, product_id, id desc);
create index product_videos_source_product_idx on public.product_videos (user_id, inherited_from_product_id);
create index product_videos_connection_idx on public.product_videos (user_id, connection_id);

comment on table public.product_videos is 'A video of a user and the OneDrive file that holds it.';
comment on column public.product_videos.id is 'Grows with time: descending id is newest first.';
comment on column public.product_videos.size_bytes is 'Bytes of the file.';
comment on column public.product_videos.duration_ms is 'Milliseconds; null when the browser could not tell.';
comment on column public.product_videos.quickxor_hash is 'quickXorHash as OneDrive reports it, base64.';
comment on column public.product_videos.poster_path is 'Object in bucket posters; never a signed URL.';
comment on column public.product_videos.is_primary is 'The one video of its product that correlated tasks inherit.';
comment on column public.product_videos.unreachable_at is
  'Since when the file is moved, deleted or in an account that is not connected. Written by functions.';
comment on column public.product_videos.inherited_from_product_id is
  'Product this video was taken over from, when it was not uploaded for its own.';

revoke all on public.product_videos from public, anon, authenticated, service_role;
grant select on public.product_videos to authenticated;
grant update (product_id, is_primary, filename) on public.product_videos to authenticated;
grant select, insert, update, delete on public.product_videos to service_role;

alter table public.product_videos enable row level security;

create policy "Users read their own videos" on public.product_videos
  for select to authenticated using ((select auth.uid()) = user_id);

create policy "Users link and rename their own videos" on public.product_videos
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

-- Runs as its owner: it takes the account's lock, so that of two first videos one becomes the primary.
create function private.guard_primary_video() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- A video leaves its mark behind when it leaves its product.
  if tg_op = 'UPDATE' and new.product_id is distinct from old.product_id and old.is_primary then
    new.is_primary := false;
  end if;
  if new.is_primary and new.product_id is null then
    raise sqlstate 'PT422' using
      message = 'Only a video of a product can be its primary video. Link it first.',
      detail = 'video_not_linked';
  end if;
  if new.is_primary and new.upload_status <> 'complete' then
    raise sqlstate 'PT422' using
      message = 'Only a completely uploaded video can be the primary video.',
      detail = 'video_not_complete';
  end if;
  -- The first complete video of a product, marked here so that the writer gets the marked row back.
  if not new.is_primary and new.product_id is not null and new.upload_status = 'complete' and (
    tg_op = 'INSERT' or new.product_id is distinct from old.product_id or new.upload_status <> old.upload_status
  ) then
    perform private.lock_accounts(array[new.user_id]);
    new.is_primary := not exists (
      select from public.product_videos as other
      where other.user_id = new.user_id and other.product_id = new.product_id and other.is_primary
        and other.id <> new.id
    );
  end if;
  return new;
end;
$$;

comment on function private.guard_primary_video() is
  'Trigger of product_videos: the primary mark needs a product and a complete file; the first such video gets it.';

revoke execute on function private.guard_primary_video() from public, anon, authenticated, service_role;

create trigger product_videos_guard_primary
  before insert or update of product_id, is_primary, upload_status on public.product_videos
  for each row execute function private.guard_primary_video();

create trigger product_videos_set_updated_at before update on public.product_videos
  for each row execute function private.set_updated_at();
