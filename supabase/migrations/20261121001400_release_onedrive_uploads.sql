-- Nothing of an ended upload stays behind in OneDrive. An upload URL that is no longer needed (canceled, restarted,
-- account switched, disconnected or deleted) is kept, encrypted, until OneDrive was told to drop its bytes; the item
-- an upload made is remembered, so that only our own file is ever removed. Called by the `onedrive` function.

alter table public.onedrive_upload_sessions
  add column item_id text,
  add constraint onedrive_upload_item_id_is_short check (char_length(item_id) between 1 and 256);

comment on column public.onedrive_upload_sessions.item_id is
  'Id of the file this upload made, from the answer to its last byte; null while unknown.';

-- No foreign keys: a row outlives the session and the account it came from, for a week at most.
create table private.onedrive_released_urls (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  user_id uuid not null,
  upload_url text not null,
  key_id text not null,
  released_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  attempts integer not null default 0
);

create index onedrive_released_urls_due_idx on private.onedrive_released_urls (next_try_at);
create index onedrive_released_urls_session_idx on private.onedrive_released_urls (session_id);

comment on table private.onedrive_released_urls is
  'Encrypted upload URLs whose bytes OneDrive has yet to drop. Written by trigger, emptied by the onedrive function.';

revoke all on private.onedrive_released_urls from public, anon, authenticated;
grant select, insert, update, delete on private.onedrive_released_urls to service_role;

alter table private.onedrive_upload_urls add column user_id uuid;

update private.onedrive_upload_urls u
set user_id = s.user_id
from public.onedrive_upload_sessions s
where s.id = u.session_id;

alter table private.onedrive_upload_urls alter column user_id set not null;

comment on column private.onedrive_upload_urls.user_id is
  'Copied from the session by trigger: part of the encryption, needed after the session is gone.';

create function private.set_upload_url_owner() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  select s.user_id into new.user_id from public.onedrive_upload_sessions s where s.id = new.session_id;
  return new;
end;
$$;

-- Runs as its owner: when an account is deleted this fires as the auth server's role, which sees nothing in here.
create function private.release_upload_url() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.onedrive_released_urls (session_id, user_id, upload_url, key_id)
  values (old.session_id, old.user_id, old.upload_url, old.key_id);
  return null;
end;
$$;

comment on function private.set_upload_url_owner is 'Trigger of onedrive_upload_urls: copies the owner of the session.';
comment on function private.release_upload_url is
  'Trigger of onedrive_upload_urls: keeps what is deleted or replaced until OneDrive has dropped it.';

revoke execute on function private.set_upload_url_owner() from public, anon, authenticated;
revoke execute on function private.release_upload_url() from public, anon, authenticated, service_role;

create trigger onedrive_upload_urls_set_owner before insert on private.onedrive_upload_urls
  for each row execute function private.set_upload_url_owner();
create trigger onedrive_upload_urls_release_deleted after delete on private.onedrive_upload_urls
  for each row execute function private.release_upload_url();
create trigger onedrive_upload_urls_release_replaced after update of upload_url on private.onedrive_upload_urls
  for each row when (old.upload_url <> new.upload_url) execute function private.release_upload_url();

-- As before, and: a complete upload has nothing to drop, and an upload that begins again has no file yet.
create or replace function private.guard_onedrive_upload_status()
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
  if new.status = 'active' and old.status <> 'active' then
    new.item_id := null;
  end if;
  if new.status in ('complete', 'canceled', 'failed', 'expired') then
    new.uploader_id := null;
    new.uploader_lease_until := null;
    delete from private.onedrive_upload_urls where session_id = new.id;
  end if;
  if new.status = 'complete' then
    delete from private.onedrive_released_urls where session_id = new.id;
  end if;
  return new;
end;
$$;
