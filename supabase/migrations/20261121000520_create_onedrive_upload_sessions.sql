-- Uploads on their way from a browser to OneDrive. The upload URL is a credential and lives in `private`,
-- encrypted. Written by the `onedrive` function alone (service_role functions of the next file).

create table public.onedrive_upload_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  connection_id uuid not null,
  product_id uuid,
  drive_id text not null,
  folder_id text not null,
  folder_path text not null,
  filename text not null,
  size_bytes bigint not null,
  mime_type text not null,
  fingerprint text not null,
  status text not null default 'active',
  next_offset bigint not null default 0,
  fragment_size integer not null,
  expires_at timestamptz not null,
  hash_offset bigint,
  hash_state text,
  uploader_id uuid,
  uploader_lease_until timestamptz,
  claimed_quickxor text,
  duration_ms bigint,
  width integer,
  height integer,
  verifying_since timestamptz,
  video_id uuid,
  error_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint onedrive_upload_belongs_to_its_user unique (user_id, id),
  constraint onedrive_upload_connection_is_its_users foreign key (user_id, connection_id)
    references public.user_onedrive_connections (user_id, id) on delete cascade,
  constraint onedrive_upload_product_is_its_users foreign key (user_id, product_id)
    references public.sourced_products (user_id, id) on delete set null (product_id),
  constraint onedrive_upload_status_is_known
    check (status in ('active', 'verifying', 'complete', 'expired', 'canceled', 'failed')),
  constraint onedrive_upload_size_is_positive check (size_bytes > 0),
  constraint onedrive_upload_offset_is_inside_the_file check (next_offset between 0 and size_bytes),
  constraint onedrive_upload_hash_offset_is_inside_the_file check (hash_offset between 0 and size_bytes),
  constraint onedrive_upload_hash_has_offset_and_state check ((hash_offset is null) = (hash_state is null)),
  constraint onedrive_fragment_is_a_multiple_of_320_kib
    check (fragment_size > 0 and fragment_size % 327680 = 0 and fragment_size < 62914560),
  constraint onedrive_upload_fingerprint_is_sha256_hex check (fingerprint ~ '^[0-9a-f]{64}$')
);

create table private.onedrive_upload_urls (
  session_id uuid primary key references public.onedrive_upload_sessions (id) on delete cascade,
  upload_url text not null,
  key_id text not null,
  created_at timestamptz not null default now()
);

create index onedrive_upload_sessions_connection_idx
  on public.onedrive_upload_sessions (user_id, connection_id);
create index onedrive_upload_sessions_product_idx on public.onedrive_upload_sessions (user_id, product_id);
create index onedrive_upload_sessions_open_idx
  on public.onedrive_upload_sessions (expires_at) where status in ('active', 'verifying');
-- Two uploads of ours never aim at the same name in a folder: OneDrive would refuse the second at its last byte.
create unique index onedrive_upload_name_is_free_in_its_folder
  on public.onedrive_upload_sessions (user_id, lower(drive_id), folder_id, lower(filename))
  where status in ('active', 'verifying');

comment on table public.onedrive_upload_sessions is
  'One upload from a browser to OneDrive. Users read their own rows; the onedrive function writes them.';
comment on column public.onedrive_upload_sessions.size_bytes is 'Size of the whole file in bytes.';
comment on column public.onedrive_upload_sessions.next_offset is
  'Bytes stored as last reported; OneDrive itself is asked before going on.';
comment on column public.onedrive_upload_sessions.hash_state is
  'Resumable quickXorHash state of the bytes below hash_offset, kept by the uploading browser.';
comment on column public.onedrive_upload_sessions.uploader_id is
  'The browser tab that uploads until uploader_lease_until: one uploader at a time.';
comment on column public.onedrive_upload_sessions.claimed_quickxor is
  'quickXorHash the browser computed (base64); compared with OneDrive''s own before the video counts.';
comment on table private.onedrive_upload_urls is
  'Encrypted upload URLs (additional data: user id, provider, column). Removed when an upload ends.';

revoke all on public.onedrive_upload_sessions from anon, authenticated;
grant select on public.onedrive_upload_sessions to authenticated;
grant select, insert, update, delete on public.onedrive_upload_sessions to service_role;
revoke all on private.onedrive_upload_urls from public, anon, authenticated;
grant select, insert, update, delete on private.onedrive_upload_urls to service_role;

alter table public.onedrive_upload_sessions enable row level security;

create policy "Users see their own uploads"
  on public.onedrive_upload_sessions for select to authenticated
  using ((select auth.uid()) = user_id);

-- The one table of allowed moves; the upload ends for good in complete and canceled.
create function private.guard_onedrive_upload_status()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status is distinct from old.status and not (old.status || '>' || new.status) = any (array[
    'active>verifying', 'active>complete', 'active>expired', 'active>canceled', 'active>failed',
    'verifying>active', 'verifying>complete', 'verifying>expired', 'verifying>canceled', 'verifying>failed',
    'expired>active', 'expired>verifying', 'expired>complete', 'expired>canceled',
    'failed>active', 'failed>canceled'
  ]) then
    raise sqlstate 'PT409' using
      message = format('An upload that is %s cannot become %s.', old.status, new.status),
      detail = 'upload_not_active';
  end if;
  if new.status in ('complete', 'canceled', 'failed', 'expired') then
    new.uploader_id := null;
    new.uploader_lease_until := null;
    delete from private.onedrive_upload_urls where session_id = new.id;
  end if;
  return new;
end;
$$;

comment on function private.guard_onedrive_upload_status is
  'Allows only the known moves of an upload and drops the upload URL when it ends.';
revoke execute on function private.guard_onedrive_upload_status() from public, anon, authenticated;

create trigger onedrive_upload_sessions_set_updated_at
  before update on public.onedrive_upload_sessions
  for each row execute function private.set_updated_at();
create trigger onedrive_upload_sessions_guard_status
  before update of status on public.onedrive_upload_sessions
  for each row execute function private.guard_onedrive_upload_status();
