-- Other versions of a video's file. Conversions are made once per file and target format, by whichever worker needs
-- them, and shared by all posts. Written by the `publish` function (service_role); a user reads their own.

create table public.video_variants (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null,
  video_id uuid not null,
  kind text not null default 'transcoded',
  source_key text not null,
  recipe text not null,
  status text not null default 'waiting',
  size_bytes bigint,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ready_at timestamptz,
  constraint variant_is_made_once unique (video_id, source_key, recipe),
  constraint variant_belongs_to_its_user unique (user_id, id),
  constraint variant_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete cascade,
  constraint variant_kind_is_known check (kind in ('transcoded', 'dubbed', 'cropped')),
  constraint variant_status_is_known check (status in ('waiting', 'converting', 'storing', 'ready', 'failed')),
  constraint variant_has_bytes check (size_bytes > 0),
  constraint ready_variant_has_its_bytes check (status <> 'ready' or (size_bytes is not null and ready_at is not null)),
  constraint variant_message_is_short check (char_length(error_message) <= 2000)
);

create index video_variants_video_idx on public.video_variants (user_id, video_id);
create index video_variants_created_at_idx on public.video_variants (created_at);

-- The engine's part: the job at the transcoder, the copy in bucket `published-videos`, and who works on it.
create table private.variant_works (
  variant_id uuid primary key references public.video_variants (id) on delete cascade,
  object_path text not null,
  job_id text,
  job_number integer not null default 1,
  job_began_at timestamptz,
  stored_bytes bigint not null default 0,
  upload_url text,
  key_id text,
  failures smallint not null default 0,
  retry_at timestamptz,
  failed_at timestamptz,
  removing_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  constraint variant_upload_has_its_key check ((upload_url is null) = (key_id is null)),
  constraint variant_stored_bytes_are_not_negative check (stored_bytes >= 0),
  constraint variant_lease_has_its_end check ((lease_token is null) = (lease_until is null))
);

comment on table public.video_variants is 'Other versions of videos, such as one converted for a platform.';
comment on column public.video_variants.source_key is 'Key of the file it was made of, as in video_formats.';
comment on column public.video_variants.recipe is 'Hash of the target format.';
comment on table private.variant_works is 'How far the making of a variant is.';
comment on column private.variant_works.job_number is
  'Goes into the idempotency key of the job: grows when a job is lost or failed.';
comment on column private.variant_works.failures is 'Since the last progress.';
comment on column private.variant_works.removing_at is
  'Since when its object is being removed: nobody gets the variant any more.';

revoke all on public.video_variants, private.variant_works from public, anon, authenticated, service_role;
grant select on public.video_variants to authenticated;
grant select, insert, update, delete on public.video_variants, private.variant_works to service_role;

alter table public.video_variants enable row level security;

create policy "Users see the variants of their own videos" on public.video_variants
  for select to authenticated using ((select auth.uid()) = user_id);

create trigger video_variants_set_updated_at before update on public.video_variants
  for each row execute function private.set_updated_at();

insert into private.settings (key, value, description) values
  ('publish.conversion_delays_seconds', '[10, 60, 300, 900]',
    'Pauses between the tries of a conversion; after the last it fails.'),
  ('publish.conversion_max_seconds', '21600', 'How long one job of the transcoder may take.');
