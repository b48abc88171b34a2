-- Accounts a user publishes to, and their tokens. Written by the `publish` function alone (service_role functions of
-- the next file); a user reads their own rows. A disconnected account stays as a row, so that its posts keep a name.

create table public.oauth_connections (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  platform text not null,
  route text not null,
  account_id text not null,
  account_name text,
  account_handle text,
  account_picture_url text,
  status text not null default 'connected',
  scopes text[] not null default '{}',
  token_expires_at timestamptz,
  last_error_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint oauth_connection_belongs_to_its_user unique (user_id, id),
  constraint oauth_account_is_connected_once unique (user_id, platform, account_id),
  constraint oauth_platform_is_known check (platform in ('tiktok', 'instagram', 'youtube', 'facebook')),
  constraint oauth_route_fits_the_platform check (
    (platform, route) in (
      ('youtube', 'google'), ('instagram', 'facebook_login'), ('instagram', 'instagram_login'),
      ('facebook', 'facebook_login'), ('tiktok', 'tiktok'), ('tiktok', 'blotato')
    )
  ),
  constraint oauth_connection_status_is_known
    check (status in ('connected', 'expiring', 'expired', 'error', 'disconnected')),
  constraint oauth_account_id_is_short check (char_length(account_id) between 1 and 200)
);

create table private.oauth_tokens (
  connection_id uuid primary key references public.oauth_connections (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  access_token text not null,
  refresh_token text,
  account_token text,
  grant_key text not null,
  key_id text not null,
  expires_at timestamptz not null,
  issued_at timestamptz not null default now(),
  refresh_holder uuid,
  refresh_lease_until timestamptz,
  updated_at timestamptz not null default now()
);

create index oauth_tokens_user_id_idx on private.oauth_tokens (user_id);
create index oauth_tokens_expires_at_idx on private.oauth_tokens (expires_at);
create index oauth_tokens_grant_key_idx on private.oauth_tokens (grant_key);

comment on table public.oauth_connections is
  'An account of a user on a platform. Users read their own rows; the publish function writes them.';
comment on column public.oauth_connections.route is 'The way in: which sign-in and which API serve this account.';
comment on column public.oauth_connections.account_id is
  'The platform''s id of the channel, professional account or Page that posts appear on; budgets are kept by it.';
comment on column public.oauth_connections.token_expires_at is
  'When the access ends unless it is renewed; null when the platform names no date.';
comment on table private.oauth_tokens is
  'AES-256-GCM ciphertexts; additional data is user id, provider and column. Read by the publish function.';
comment on column private.oauth_tokens.access_token is 'Of the person who signed in.';
comment on column private.oauth_tokens.refresh_token is 'Null where the platform renews the access token itself.';
comment on column private.oauth_tokens.account_token is 'Of the Page, where the platform gives it one of its own.';
comment on column private.oauth_tokens.grant_key is
  'Sign-in and person behind the tokens: revoking one account''s permission ends that of all rows with the same key.';
comment on column private.oauth_tokens.expires_at is 'Of access_token.';
comment on column private.oauth_tokens.issued_at is
  'When access_token was issued: names this version of the tokens; Instagram renews only tokens that are a day old.';
comment on column private.oauth_tokens.refresh_holder is
  'Who may renew the tokens until refresh_lease_until: one refresher at a time.';

revoke all on public.oauth_connections from public, anon, authenticated, service_role;
grant select on public.oauth_connections to authenticated;
grant select, insert, update, delete on public.oauth_connections to service_role;
revoke all on private.oauth_tokens from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.oauth_tokens to service_role;

alter table public.oauth_connections enable row level security;

create policy "Users see their own accounts" on public.oauth_connections
  for select to authenticated using ((select auth.uid()) = user_id);

create trigger oauth_connections_set_updated_at before update on public.oauth_connections
  for each row execute function private.set_updated_at();
create trigger oauth_tokens_set_updated_at before update on private.oauth_tokens
  for each row execute function private.set_updated_at();
