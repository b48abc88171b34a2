-- OneDrive accounts of users and their tokens.
-- One row per user, kept with status 'disconnected' after disconnecting, so that connecting another account is
-- noticed. Written by the `onedrive` function alone (service_role functions of the next files).

create table public.user_onedrive_connections (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  status text not null default 'connected',
  account_key text not null,
  account_name text,
  account_email text,
  account_type text not null,
  drive_id text not null,
  drive_type text,
  folder_id text,
  folder_path text,
  quota_total bigint,
  quota_used bigint,
  quota_remaining bigint,
  quota_state text,
  quota_checked_at timestamptz,
  token_expires_at timestamptz,
  last_error_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint onedrive_connection_is_one_per_user unique (user_id),
  constraint onedrive_connection_belongs_to_its_user unique (user_id, id),
  constraint onedrive_connection_status_is_known
    check (status in ('connected', 'expiring', 'expired', 'error', 'disconnected')),
  constraint onedrive_account_type_is_known check (account_type in ('personal', 'work')),
  constraint onedrive_quota_state_is_known
    check (quota_state in ('normal', 'nearing', 'critical', 'exceeded')),
  constraint onedrive_folder_has_id_and_path check ((folder_id is null) = (folder_path is null))
);

create table private.onedrive_tokens (
  connection_id uuid primary key references public.user_onedrive_connections (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  access_token text not null,
  refresh_token text not null,
  key_id text not null,
  expires_at timestamptz not null,
  refresh_holder uuid,
  refresh_lease_until timestamptz,
  updated_at timestamptz not null default now()
);

create index onedrive_tokens_user_id_idx on private.onedrive_tokens (user_id);
create index onedrive_tokens_expires_at_idx on private.onedrive_tokens (expires_at);

comment on table public.user_onedrive_connections is
  'A user''s OneDrive account. Users read their own row; the onedrive function writes it.';
comment on column public.user_onedrive_connections.account_key is
  'Microsoft''s id of the account; another key means another account.';
comment on column public.user_onedrive_connections.drive_id is
  'Graph drive id; its letter case varies between endpoints, compare case-insensitively.';
comment on column public.user_onedrive_connections.quota_total is 'Bytes; null when OneDrive does not tell.';
comment on column public.user_onedrive_connections.quota_used is 'Bytes; null when OneDrive does not tell.';
comment on column public.user_onedrive_connections.quota_remaining is
  'Bytes; null when OneDrive does not tell (0 or less counts as unknown).';
comment on column public.user_onedrive_connections.token_expires_at is
  'When the current access token ends; renewed by the token refresh job.';
comment on table private.onedrive_tokens is
  'AES-256-GCM ciphertexts; additional data is user id, provider and column. Read by the onedrive function.';
comment on column private.onedrive_tokens.key_id is 'Which key of TOKEN_ENCRYPTION_KEYS encrypts this row.';
comment on column private.onedrive_tokens.refresh_holder is
  'Who may renew the tokens until refresh_lease_until: one refresher at a time.';

revoke all on public.user_onedrive_connections from anon, authenticated;
grant select on public.user_onedrive_connections to authenticated;
grant select, insert, update, delete on public.user_onedrive_connections to service_role;
revoke all on private.onedrive_tokens from public, anon, authenticated;
grant select, insert, update, delete on private.onedrive_tokens to service_role;

alter table public.user_onedrive_connections enable row level security;

create policy "Users see their own OneDrive connection"
  on public.user_onedrive_connections for select to authenticated
  using ((select auth.uid()) = user_id);

create trigger user_onedrive_connections_set_updated_at
  before update on public.user_onedrive_connections
  for each row execute function private.set_updated_at();
create trigger onedrive_tokens_set_updated_at
  before update on private.onedrive_tokens
  for each row execute function private.set_updated_at();
